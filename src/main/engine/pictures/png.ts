import { Transformer } from '@napi-rs/image'
import type { ImageShape } from '../data/data-set.ts'

/** An image as a PNG file. @param pixels [height * width * channels], 0-255 */
export async function toPng(pixels: Uint8Array, { height, width, channels }: ImageShape): Promise<Buffer> {
  return Transformer.fromRgbaPixels(toRgba(pixels, channels), width, height).png()
}

/** Opaque pixels as RGBA, [pixels, 4]. */
export function toRgba(pixels: Uint8Array, channels: 1 | 3): Uint8Array {
  if (channels === 1) return greyToRgba(pixels)
  const rgba = new Uint8Array((pixels.length / 3) * 4)
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    rgba.set(pixels.subarray(from, from + 3), to)
    rgba[to + 3] = 255
  }
  return rgba
}

/** Opaque grey pixels as RGBA, [pixels, 4]. */
export function greyToRgba(pixels: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(pixels.length * 4)
  for (let i = 0; i < pixels.length; i++) {
    rgba.fill(pixels[i] as number, i * 4, i * 4 + 3)
    rgba[i * 4 + 3] = 255
  }
  return rgba
}
