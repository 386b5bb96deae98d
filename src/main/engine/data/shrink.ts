import type { ImageShape } from './data-set.ts'

/** Samples along a side of what becomes one pixel: enough for a thumbnail, and a large picture costs no more. */
const samples = 3

/** A picture, [height * width * channels], 0-255, at another size that is not larger. Of the same size it is the same. */
export function shrunk(
  { width, height, channels, values }: ImageShape & { readonly values: Uint8Array },
  toWidth: number,
  toHeight: number,
): Uint8Array {
  if (toWidth === width && toHeight === height) return values
  const places = (at: number, to: number, size: number): number[] =>
    Array.from({ length: samples }, (_, i) =>
      Math.min(size - 1, Math.floor(((at + (i + 0.5) / samples) * size) / to)),
    )
  const columns = Array.from({ length: toWidth }, (_, x) => places(x, toWidth, width))
  const pixels = new Uint8Array(toWidth * toHeight * channels)
  for (let y = 0, to = 0; y < toHeight; y++) {
    const rows = places(y, toHeight, height)
    for (const xs of columns) {
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (const row of rows) for (const x of xs) sum += values[(row * width + x) * channels + c] as number
        pixels[to++] = Math.round(sum / samples ** 2)
      }
    }
  }
  return pixels
}
