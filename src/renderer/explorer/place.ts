import type { Mark, Place } from '../search/marks.ts'
import { type Bounds, type Scene, xOf, yOf } from './scene.ts'

/** Where something marked lies in the drawn features. A picture has no class: in a strip it lies on the upper edge. */
export function coordinatesOf(scene: Scene, place: Place): readonly [x: number, y: number] {
  if (place.kind === 'test') return [xOf(scene, place.index), yOf(scene, place.index)]
  const point = scene.reduction?.place(place.point) ?? place.point
  return [
    point[scene.horizontal] as number,
    scene.vertical === null ? 0.5 : (point[scene.vertical] as number),
  ]
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
