import { type LabelledImages, pixelsPerImage } from '../data/data-set.ts'

/** Of all images that belong together a mean is asked for again and again. */
const known = new WeakMap<LabelledImages, Uint8Array>()

/** The mean of images, pixel by pixel, rounded: [height * width * channels]. */
export function meanImage(images: LabelledImages): Uint8Array {
  const found = known.get(images)
  if (found !== undefined) return found
  const { pixels, count } = images
  const size = pixelsPerImage(images)
  const sums = new Float64Array(size)
  for (let at = 0; at < count * size; ) {
    for (let i = 0; i < size; i++) sums[i] = (sums[i] as number) + (pixels[at++] as number)
  }
  const mean = Uint8Array.from(sums, sum => Math.round(sum / count))
  known.set(images, mean)
  return mean
}
