import { Transformer } from '@napi-rs/image'

/** A grey image as a PNG file. @param pixels [height * width], 0-255 */
export async function greyToPng(pixels: Uint8Array, height: number, width: number): Promise<Buffer> {
  return Transformer.fromRgbaPixels(greyToRgba(pixels), width, height).png()
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
