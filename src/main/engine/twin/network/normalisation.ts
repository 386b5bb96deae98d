import { type LabelledImages, pixelsPerImage } from '../../data/data-set.ts'
import type { NetworkSpec } from './network-spec.ts'

/** A training asks for it at its start and at its first embedding. */
const known = new WeakMap<LabelledImages, NonNullable<NetworkSpec['normalisation']>>()

/** Mean and deviation of images' brightness (0 to 1), by channel; a channel that never changes has the deviation 1. */
export function brightnessOf(images: LabelledImages): NonNullable<NetworkSpec['normalisation']> {
  const found = known.get(images)
  if (found !== undefined) return found
  const { channels, count, pixels } = images
  const sums = new Float64Array(channels)
  const squares = new Float64Array(channels)
  const length = count * pixelsPerImage(images)
  for (let i = 0; i < length; ) {
    for (let c = 0; c < channels; c++, i++) {
      const value = pixels[i] as number
      sums[c] = (sums[c] as number) + value
      squares[c] = (squares[c] as number) + value * value
    }
  }
  const values = length / channels
  const mean = Array.from(sums, sum => sum / values / 255)
  const deviation = Array.from(squares, (square, c) => {
    const variance = square / values / 255 ** 2 - (mean[c] as number) ** 2
    return variance > 1e-12 ? Math.sqrt(variance) : 1
  })
  const brightness = { mean, deviation }
  known.set(images, brightness)
  return brightness
}
