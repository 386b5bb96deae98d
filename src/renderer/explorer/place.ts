import type { Mark, Place } from '../search/marks.ts'
import { type Bounds, type Scene, type Turn, xOf, yOf } from './scene.ts'

/** Where something marked lies in the drawn features. A picture has no class: in a strip it lies on the upper edge. */
export function coordinatesOf(scene: Scene, place: Place): readonly [x: number, y: number] {
  if (place.kind === 'point') return [xOf(scene, place.index), yOf(scene, place.index)]
  const point = scene.reduction?.place(place.point) ?? place.point
  if (scene.turn != null) return turnedPlace(scene, scene.turn, point)
  return [
    point[scene.horizontal] as number,
    scene.vertical === null ? 0.5 : (point[scene.vertical] as number),
  ]
}

function turnedPlace({ horizontal, vertical }: Scene, turn: Turn, point: Float32Array): [number, number] {
  const features = [point[horizontal], point[vertical ?? horizontal], point[turn.depth], 1] as number[]
  const along = (row: Turn['right']) => row.reduce((sum, one, k) => sum + one * (features[k] as number), 0)
  return [along(turn.right), along(turn.up)]
}

/** A frame around all marks, with room for what surrounds them. @returns null where there are none to be seen */
export function boundsOfMarks(scene: Scene, marks: readonly Mark[]): Bounds | null {
  const spots = marks.map(mark => coordinatesOf(scene, mark.place))
  const xs = spots.map(([x]) => x).filter(Number.isFinite)
  const ys = spots.map(([, y]) => y).filter(Number.isFinite)
  if (xs.length === 0 || ys.length === 0) return null
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const room = Math.max(maxX - minX, scene.vertical === null ? 0 : maxY - minY) / 2
  return { minX: minX - room, maxX: maxX + room, minY: minY - room, maxY: maxY + room }
}
