import { channelsOf } from '../../ui/image-pixels.ts'

/** A thumbnail has at most so many pixels along a side: larger ones would take 16 MB for every thousand. */
const longest = 64

const factorOf = (width: number, height: number): number => Math.ceil(Math.max(width, height) / longest)

export function shrunkSize(
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const factor = factorOf(width, height)
  return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) }
}

/** Means of squares, so that a thin stroke does not vanish. @param pixels [height * width * channels] */
export function shrink(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const factor = factorOf(width, height)
  if (factor === 1) return pixels
  const small = shrunkSize(width, height)
  const channels = channelsOf(pixels, { width, height }) ?? 1
  return Uint8Array.from({ length: small.width * small.height * channels }, (_, value) => {
    const [at, channel] = [Math.floor(value / channels), value % channels]
    const [left, top] = [(at % small.width) * factor, Math.floor(at / small.width) * factor]
    let [sum, count] = [0, 0]
    for (let y = top; y < Math.min(top + factor, height); y++) {
      for (let x = left; x < Math.min(left + factor, width); x++) {
        sum += pixels[(y * width + x) * channels + channel] as number
        count++
      }
    }
    return Math.round(sum / count)
  })
}
