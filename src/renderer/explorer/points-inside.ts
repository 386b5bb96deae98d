import { pause } from '../../shared/rpc/flow.ts'
import { PointSet } from './point-set.ts'
import { type Scene, xOf, yOf } from './scene.ts'
import type { IsShown } from './selection/choices.ts'

/** Crossings tested before the window has its turn again: about 10 ms. */
const testsAtOnce = 2_000_000

/**
 * The shown points inside a polygon, which closes by itself; where it crosses itself, by the even-odd rule.
 * @param polygon corners in the drawn features, [corners, 2]
 */
export async function pointsInside(scene: Scene, polygon: Float64Array, isShown: IsShown): Promise<PointSet> {
  const mask = new Uint8Array(scene.count)
  const atOnce = Math.max(1, Math.floor(testsAtOnce / Math.max(1, polygon.length / 2)))
  for (let start = 0; start < scene.count; start += atOnce) {
    if (start > 0) await pause(0, new AbortController().signal)
    const end = Math.min(scene.count, start + atOnce)
    for (let i = start; i < end; i++) {
      if (isInside(polygon, xOf(scene, i), yOf(scene, i)) && isShown(i)) mask[i] = 1
    }
  }
  return PointSet.fromMask(mask)
}

/**
 * Counts the edges that a ray to the right crosses (W. R. Franklin, PNPOLY). An edge counts its lower end and not its
 * upper one, so that a corner is crossed once.
 */
export function isInside(polygon: Float64Array, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const [xi, yi] = [polygon[i] as number, polygon[i + 1] as number]
    const [xj, yj] = [polygon[j] as number, polygon[j + 1] as number]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
