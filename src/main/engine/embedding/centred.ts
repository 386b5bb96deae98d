import type { Embedding } from './embed.ts'

/** Vectors are moved by the gallery's mean before they are multiplied: rounding errors grow with their length. */
export function meanOf({ values, count, size }: Embedding): Float32Array {
  const sums = new Float64Array(size)
  for (let at = 0; at < count * size; ) {
    for (let i = 0; i < size; i++) sums[i] = (sums[i] as number) + (values[at++] as number)
  }
  return Float32Array.from(sums, sum => sum / count)
}

/**
 * Writes row `index` less `mean` at `to[at]` on.
 * @returns its squared length
 */
export function centre(
  { values, size }: Embedding,
  index: number,
  mean: Float32Array,
  to: Float32Array,
  at: number,
): number {
  const from = index * size
  let square = 0
  for (let i = 0; i < size; i++) {
    to[at + i] = (values[from + i] as number) - (mean[i] as number)
    const rounded = to[at + i] as number
    square += rounded * rounded
  }
  return square
}
