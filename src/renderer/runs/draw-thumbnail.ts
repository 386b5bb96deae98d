import type { Thumbnail } from '../../shared/contract.ts'
import { paletteOf } from '../../shared/drawing/palette.ts'
import { formatCount } from '../ui/format.ts'

/** Draws the points of a run into a square. @param side CSS px @param ratio device px a CSS px */
export function drawThumbnail(
  context: CanvasRenderingContext2D,
  { places, labels, classes }: Thumbnail,
  side: number,
  ratio: number,
): void {
  const colours = paletteOf(classes)
  const inset = 3
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, side, side)
  const scale = (side - 2 * inset) / 255
  const dot = side > 100 ? 2.4 : 1.4
  labels.forEach((label, i) => {
    context.fillStyle = colours[label] ?? '#808080'
    const x = inset + scale * (places[2 * i] ?? 0)
    const y = side - inset - scale * (places[2 * i + 1] ?? 0)
    context.fillRect(x - dot / 2, y - dot / 2, dot, dot)
  })
}

const axisWords = {
  features: 'by their two features',
  feature: 'by their one feature',
  components: 'by the two directions of greatest spread (principal components)',
} as const

/** What the picture shows, for a person. */
export const thumbnailWords = ({ labels, of, axes }: Thumbnail): string =>
  `${labels.length < of ? `${formatCount(labels.length)} of ${formatCount(of)}` : formatCount(of)} test images ${axisWords[axes]}, a colour a class`
