import type { Mark } from '../search/marks.ts'
import type { Contours } from './contours/contour-view.ts'
import { drawContours } from './contours/draw-contours.ts'
import { type DrawnPaths, drawPaths } from './draw-paths.ts'
import { circle, drawPoint, drawQuery, label, spotOf } from './draw-query.ts'
import { nameAmongPoints, nameSizeFor, wishInSight } from './labels/class-names.ts'
import { placeLabels } from './labels/place-labels.ts'
import type { Picture } from './scatter-renderer.ts'
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
  drawQuery(context, picture, overlay.marks)
  if (overlay.pointed >= 0 && overlay.pointed < scene.count) {
    const spot = spotOf(picture, { kind: 'point', index: overlay.pointed })
    drawPoint(context, picture, overlay.pointed, spot)
    circle(context, spot, picture.radius + 4, theme.surface, 4)
    circle(context, spot, picture.radius + 4, theme.ink, 2)
  }
  context.restore()
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
