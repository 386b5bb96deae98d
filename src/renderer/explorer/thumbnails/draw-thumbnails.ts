import { colourOf, type Picture } from '../scatter-renderer.ts'
import { xOf, yOf } from '../scene.ts'
import { toX, toY } from '../view-transform.ts'
import type { Thumbnails } from './thumbnails.ts'

/** Of the frame in the point's colour, CSS px. */
const frame = 2
/** Of those that are not selected while some are. */
const dimmed = 0.35

/** Images in place of their points, on a canvas of CSS px; those that have not come stay points. */
export function drawThumbnails(
  context: CanvasRenderingContext2D,
  picture: Picture,
  { atlas, indices, side }: Thumbnails,
): void {
  const { scene, selected, theme, view } = picture
  const scale = side / Math.max(atlas.width, atlas.height)
  const [width, height] = [atlas.width * scale, atlas.height * scale]
  context.imageSmoothingEnabled = scale < 1
  for (const index of indices) {
    const place = atlas.placeOf(index)
    if (place === null) continue
    const isContext = selected !== null && !selected.has(index)
    const left = Math.round(toX(view, xOf(scene, index)) - width / 2)
    const top = Math.round(toY(view, yOf(scene, index)) - height / 2)
    context.globalAlpha = isContext ? dimmed : 1
    context.fillStyle = isContext ? theme.context : colourOf(picture, index)
    context.fillRect(left - frame, top - frame, width + 2 * frame, height + 2 * frame)
    context.drawImage(atlas.canvas, place.x, place.y, atlas.width, atlas.height, left, top, width, height)
  }
  context.globalAlpha = 1
}
