import { type Shape, shapeOf } from '../../shared/drawing/markers.ts'
import { shapeNumber } from '../explorer/scatter-renderer.ts'
import { farOf, type Scene, xOf, yOf } from '../explorer/scene.ts'
import { type Area, toX, toY, type View } from '../explorer/view-transform.ts'
import type { FigureContent } from './figure.ts'

/** Every point that the figure shows: of no hidden class, among "only these", and in sight; greys first, below. */
export interface VisiblePoints {
  /** In the order in which they are drawn. */
  readonly indices: Int32Array
  /** How many of them are grey: they come first. */
  readonly greys: number
}

export function visiblePoints(content: FigureContent, view: View, area: Area): VisiblePoints {
  const { scene, hidden, only, selected } = content
  const [right, bottom] = [area.left + area.width, area.top + area.height]
  const greys: number[] = []
  const others: number[] = []
  for (let i = 0; i < scene.count; i++) {
    if (hidden.has(scene.labels[i] as number) || (only !== null && !only.has(i))) continue
    const x = toX(view, xOf(scene, i))
    const y = toY(view, yOf(scene, i))
    // Also leaves out what is not a number.
    if (!(x >= area.left && x <= right && y >= area.top && y <= bottom)) continue
    if (selected === null || selected.has(i)) others.push(i)
    else greys.push(i)
  }
  if (scene.turn != null) for (const some of [greys, others]) farthestFirst(scene, some)
  return { indices: Int32Array.from([...greys, ...others]), greys: greys.length }
}

/** So that what is near lies over what is far. */
function farthestFirst(scene: Scene, indices: number[]): void {
  indices.sort((a, b) => farOf(scene, b) - farOf(scene, a))
}

/** Which entry of the legend a point belongs to: its class, or what it is coloured by. */
export const entryOf = ({ scene, colours }: FigureContent, index: number): number =>
  (colours === null ? scene.labels[index] : colours.of[index]) as number

export const colourOf = ({ palette, colours }: FigureContent, entry: number): string =>
  (colours?.palette ?? palette)[entry] ?? '#808080'

export const shapeAt = (content: FigureContent, index: number): Shape =>
  content.shapes ? shapeOf(shapeNumber(content, index)) : 'circle'
