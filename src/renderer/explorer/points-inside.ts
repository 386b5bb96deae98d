import { pause } from '../../shared/rpc/flow.ts'
import { PointSet } from './point-set.ts'
import { PolygonBands } from './polygon-bands.ts'
import { type Scene, xOf, yOf } from './scene.ts'
import type { IsShown } from './selection/choices.ts'

/**
 * Points tested before the window has its turn again: about 6 ms. A worker would first have to be sent the points, which
 * takes longer than testing them.
 */
const pointsAtOnce = 1 << 18

/**
 * The shown points inside a polygon, which closes by itself; where it crosses itself, by the even-odd rule.
 * @param polygon corners in the drawn features, [corners, 2]
 */
export async function pointsInside(scene: Scene, polygon: Float64Array, isShown: IsShown): Promise<PointSet> {
  const mask = new Uint8Array(scene.count)
  const bands = new PolygonBands(polygon)
  for (let start = 0; start < scene.count; start += pointsAtOnce) {
    if (start > 0) await pause(0, new AbortController().signal)
    const end = Math.min(scene.count, start + pointsAtOnce)
    for (let i = start; i < end; i++) {
      if (bands.has(xOf(scene, i), yOf(scene, i)) && isShown(i)) mask[i] = 1
    }
  }
  return PointSet.fromMask(mask)
}

/** Whether a single point lies in a polygon, by the same rule. @param polygon [corners, 2] */
export const isInside = (polygon: Float64Array, x: number, y: number): boolean =>
  new PolygonBands(polygon).has(x, y)
