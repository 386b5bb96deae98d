import type { Mark, Place } from '../search/marks.ts'
import type { Contours } from './contours/contour-view.ts'
import { drawContours } from './contours/draw-contours.ts'
import { type DrawnPaths, drawPaths } from './draw-paths.ts'
import { nameAmongPoints, nameSizeFor, wishInSight } from './labels/class-names.ts'
import { placeLabels } from './labels/place-labels.ts'
import { shapeOf, traceMarker } from './markers.ts'
import { coordinatesOf } from './place.ts'
import { colourOf, type Picture, shapeNumber } from './scatter-renderer.ts'
import { drawThumbnails } from './thumbnails/draw-thumbnails.ts'
import type { Thumbnails } from './thumbnails/thumbnails.ts'
import { toX, toY } from './view-transform.ts'

/** What lies over the points: it changes with the pointer, and they need not be drawn again for it. */
export interface Overlay {
  /** Points that are drawn as their images. */
  readonly thumbnails?: Thumbnails | null
  /** Lines of equal density. */
  readonly contours?: Contours | null
  readonly marks: readonly Mark[]
  readonly paths?: DrawnPaths | null
  /** The point under the pointer or the keyboard's cursor; -1 for none. */
  readonly pointed: number
  /** Names of the classes and their centres, [classes, 2]; null writes none. */
  readonly names: { readonly classes: readonly string[]; readonly centres: Float64Array } | null
}

type Spot = readonly [x: number, y: number]

/** Marks over the points, on a canvas of CSS px that is already cleared. */
export function drawMarks(context: CanvasRenderingContext2D, picture: Picture, overlay: Overlay): void {
  const { area, scene, theme } = picture
  context.save()
  context.beginPath()
  context.rect(area.left, area.top, area.width, area.height)
  context.clip()
  if (overlay.thumbnails) drawThumbnails(context, picture, overlay.thumbnails)
  if (overlay.contours) drawContours(context, picture, overlay.contours)
  if (overlay.paths) drawPaths(context, picture, overlay.paths)
  if (overlay.names !== null) drawNames(context, picture, overlay.names)
  const spots = overlay.marks.map(mark => spotOf(picture, mark.place))
  drawLines(context, picture, overlay.marks, spots)
  // Backwards: what was asked for, the first of them, lies over neighbours at the same place.
  for (let i = overlay.marks.length - 1; i >= 0; i--) {
    const mark = overlay.marks[i] as Mark
    const spot = spots[i] as Spot
    if (mark.place.kind === 'point') drawPoint(context, picture, mark.place.index, spot)
    else drawPicture(context, picture, spot)
    ring(context, picture, spot, mark.asked)
  }
  // Letters last, so that no ring covers one.
  const asked = spots[overlay.marks.findIndex(mark => mark.asked)]
  overlay.marks.forEach((mark, i) => {
    const [x, y] = besides(spots[i] as Spot, asked, picture.radius + 12)
    if (mark.text !== '') label(context, picture, mark.text, x, y, 11)
  })
  if (overlay.pointed >= 0 && overlay.pointed < scene.count) {
    const spot = spotOf(picture, { kind: 'point', index: overlay.pointed })
    drawPoint(context, picture, overlay.pointed, spot)
    circle(context, spot, picture.radius + 4, theme.surface, 4)
    circle(context, spot, picture.radius + 4, theme.ink, 2)
  }
  context.restore()
}

function spotOf({ scene, view }: Picture, place: Place): Spot {
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
  context: CanvasRenderingContext2D,
  { theme }: Picture,
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
function drawPoint(context: CanvasRenderingContext2D, picture: Picture, index: number, [x, y]: Spot): void {
  const { radius, shapes } = picture
  context.beginPath()
  traceMarker(context, shapes ? shapeOf(shapeNumber(picture, index)) : 'circle', x, y, radius + 0.5)
  context.fillStyle = colourOf(picture, index)
  context.fill('evenodd')
}

/** A target, which no class has for its shape. */
function drawPicture(context: CanvasRenderingContext2D, { theme }: Picture, [x, y]: Spot): void {
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

function ring(
  context: CanvasRenderingContext2D,
  { radius, theme }: Picture,
  spot: Spot,
  strong: boolean,
): void {
  const size = radius + (strong ? 5 : 3)
  circle(context, spot, size, theme.surface, strong ? 6 : 3)
  circle(context, spot, size, strong ? theme.accent : theme.ink, strong ? 3 : 1.25)
}

function circle(
  context: CanvasRenderingContext2D,
  [x, y]: Spot,
  radius: number,
  colour: string,
  width: number,
): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke()
}

function drawNames(
  context: CanvasRenderingContext2D,
  picture: Picture,
  names: NonNullable<Overlay['names']>,
): void {
  if (picture.scene.vertical === null) return // a strip's rows carry their names
  const { area, hidden, view } = picture
  const size = nameSizeFor(names.classes.length - hidden.size)
  context.font = `600 ${size}px ${picture.theme.font}`
  const texts = names.classes.map(nameAmongPoints)
  const wishes = texts.map((text, i) => {
    if (hidden.has(i)) return null
    const [x, y] = [names.centres[i * 2] as number, names.centres[i * 2 + 1] as number]
    return wishInSight(area, toX(view, x), toY(view, y), context.measureText(text).width + 6, size)
  })
  placeLabels(wishes, area).forEach((placed, i) => {
    if (placed !== null) label(context, picture, texts[i] as string, placed.x, placed.y, size)
  })
}

/** Letters with a rim of the background, readable on any points. */
function label(
  context: CanvasRenderingContext2D,
  { theme }: Picture,
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
