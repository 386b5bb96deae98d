import { type ImageShape, imageAt, type LabelledImages, shapeOf } from '../data/data-set.ts'
import { shrunk } from '../data/shrink.ts'
import { breathe } from '../embedding/breathe.ts'

/**
 * Many small images on one sheet, row by row from its top left, in cells of one size that fill it exactly, as many down as
 * across: the Embedding Projector wants it so (github.com/tensorflow/tensorboard/issues/670).
 */
export interface Sprite {
  readonly sheet: ImageShape
  /** [sheet.height * sheet.width * channels]; what is left over at the end is black. */
  readonly pixels: Uint8Array
  readonly cell: ImageShape
  /** Cells in a row, and rows. */
  readonly columns: number
}

/** After so many the engine’s thread hears others: 10 ms where they are made smaller. */
const atOnce = 100

interface Limits {
  /** Of the sheet's width and height, px. */
  readonly side: number
  /** Of an image's longer side, px: images become smaller where they are larger, or too many for the sheet. */
  readonly cell: number
}

/** @param which images, in the order of the cells: at least one */
export async function spriteOf(images: LabelledImages, which: Int32Array, limits: Limits): Promise<Sprite> {
  const { height, width, channels } = images
  const columns = Math.ceil(Math.sqrt(which.length))
  const scale = Math.min(1, Math.min(limits.cell, limits.side / columns) / Math.max(width, height))
  const small = (side: number): number => Math.max(1, Math.floor(side * scale))
  const cell = { height: small(height), width: small(width), channels }
  const sheet = { height: columns * cell.height, width: columns * cell.width, channels }
  const pixels = new Uint8Array(sheet.height * sheet.width * channels)
  const line = cell.width * channels
  for (const [place, index] of which.entries()) {
    if (place % atOnce === 0) await breathe(undefined, 'The export')
    const image = shrunk({ ...shapeOf(images), values: imageAt(images, index) }, cell.width, cell.height)
    const corner = (Math.floor(place / columns) * cell.height * columns + (place % columns)) * line
    for (let y = 0; y < cell.height; y++) {
      pixels.set(image.subarray(y * line, (y + 1) * line), corner + y * columns * line)
    }
  }
  return { sheet, pixels, cell, columns }
}
