import { shapeOf, traceMarker } from '../../shared/drawing/markers.ts'
import type { Mark, Place } from '../search/marks.ts'
import type { Drawing } from './drawing.ts'
import { coordinatesOf } from './place.ts'
import { colourOf, type Picture, shapeNumber, type Theme } from './scatter-renderer.ts'
import { toX, toY } from './view-transform.ts'

/** What lies below the marks, and how its points are drawn. */
export type Marked = Pick<Picture, 'scene' | 'view' | 'palette' | 'colours' | 'shapes' | 'radius'> & {
  readonly theme: Pick<Theme, 'ink' | 'surface' | 'accent' | 'context' | 'font'>
}

type Spot = readonly [x: number, y: number]

/** The query and what was found, or two that are compared: lines between them, rings, and letters beside them. */
export function drawQuery(context: Drawing, picture: Marked, marks: readonly Mark[]): void {
  const spots = marks.map(mark => spotOf(picture, mark.place))
  drawLines(context, picture, marks, spots)
  // Backwards: what was asked for, the first of them, lies over neighbours at the same place.
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i] as Mark
    const spot = spots[i] as Spot
    if (mark.place.kind === 'point') drawPoint(context, picture, mark.place.index, spot)
    else drawPicture(context, picture, spot)
    ring(context, picture, spot, mark.asked)
  }
  // Letters last, so that no ring covers one.
  const asked = spots[marks.findIndex(mark => mark.asked)]
  marks.forEach((mark, i) => {
    const [x, y] = besides(spots[i] as Spot, asked, picture.radius + 12)
    if (mark.text !== '') label(context, picture, mark.text, x, y, 11)
  })
}

export function spotOf({ scene, view }: Marked, place: Place): Spot {
  const [x, y] = coordinatesOf(scene, place)
  return [toX(view, x), toY(view, y)]
}

/** Letters stand on the far side from what was asked for, so that those of close neighbours fan out. */
function besides([x, y]: Spot, from: Spot | undefined, distance: number): Spot {
  const [dx, dy] = from === undefined ? [0, 0] : [x - from[0], y - from[1]]
  const length = Math.hypot(dx, dy)
  if (length < 1) return [x + distance * 0.7, y - distance * 0.7]
  return [x + (dx / length) * distance, y + (dy / length) * distance]
}

function drawLines(
  context: Drawing,
  { theme }: Marked,
  marks: readonly Mark[],
  spots: readonly Spot[],
): void {
  const from = spots[marks.findIndex(mark => mark.asked)]
  if (from === undefined) return
  context.strokeStyle = theme.ink
  context.lineWidth = 1
  context.globalAlpha = 0.6
  context.beginPath()
  for (const spot of spots) {
    context.moveTo(...from)
    context.lineTo(...spot)
  }
  context.stroke()
  context.globalAlpha = 1
}

/** At full strength, over the dimmed ones. */
export function drawPoint(context: Drawing, picture: Marked, index: number, [x, y]: Spot): void {
  const { radius, shapes } = picture
  context.beginPath()
  traceMarker(context, shapes ? shapeOf(shapeNumber(picture, index)) : 'circle', x, y, radius + 0.5)
  context.fillStyle = colourOf(picture, index)
  context.fill('evenodd')
}

/** A target, which no class has for its shape. */
function drawPicture(context: Drawing, { theme }: Marked, [x, y]: Spot): void {
  for (const [colour, width] of [
    [theme.surface, 5],
    [theme.ink, 2],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      context.moveTo(x + dx * 3, y + dy * 3)
      context.lineTo(x + dx * 13, y + dy * 13)
    }
    context.stroke()
  }
}

function ring(context: Drawing, { radius, theme }: Marked, spot: Spot, strong: boolean): void {
  const size = radius + (strong ? 5 : 3)
  circle(context, spot, size, theme.surface, strong ? 6 : 3)
  circle(context, spot, size, strong ? theme.accent : theme.ink, strong ? 3 : 1.25)
}

export function circle(context: Drawing, [x, y]: Spot, radius: number, colour: string, width: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke()
}

/** Letters with a rim of the background, readable on any points. */
export function label(
  context: Drawing,
  { theme }: Pick<Marked, 'theme'>,
  text: string,
  x: number,
  y: number,
  size: number,
): void {
  context.font = `600 ${size}px ${theme.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = theme.surface
  context.strokeText(text, x, y)
  context.fillStyle = theme.ink
  context.fillText(text, x, y)
}
