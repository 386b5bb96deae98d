import { Transformer } from '@napi-rs/image'
import type { LabelledImages } from '../data/data-set.ts'
import { toRgba } from '../pictures/png.ts'
import { spriteOf } from './sprite.ts'

/** A WebP's side is at most 16,383 px; 5,000 images of this size are 12 megapixels, some 2 to 3 MB. */
const limits = { side: 8192, cell: 48 } as const

/** Strokes stay sharp; a photograph of this size shows nothing of it. */
const webpQuality = 85

/** The longer side on the page, px, about: cells grow by whole factors, so that pixels stay squares. */
const wanted = 112

/** Small images as one picture within a stylesheet, and where they are in it. */
export interface Thumbnails {
  readonly css: string
  readonly columns: number
  /** Of one on the page, px. */
  readonly width: number
  readonly height: number
}

export async function thumbnailsOf(images: LabelledImages, shown: readonly number[]): Promise<Thumbnails> {
  const { sheet, pixels, cell, columns } = await spriteOf(images, Int32Array.from(shown), limits)
  const picture = Transformer.fromRgbaPixels(toRgba(pixels, sheet.channels), sheet.width, sheet.height)
  const webp = await picture.webp(webpQuality)
  const factor = Math.max(1, Math.round(wanted / Math.max(cell.width, cell.height)))
  const [width, height] = [factor * cell.width, factor * cell.height]
  const css = `.thumb { width: ${width}px; height: ${height}px; background: url(data:image/webp;base64,${webp.toString('base64')}); background-size: ${columns * width}px ${columns * height}px; image-rendering: pixelated }`
  return { css, columns, width, height }
}
