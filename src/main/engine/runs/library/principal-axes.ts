import { meanOf } from '../../embedding/centred.ts'
import type { Embedding } from '../../embedding/embed.ts'

export interface PrincipalAxes {
  /** Unit vectors, [size]. */
  readonly first: Float64Array
  readonly second: Float64Array
  readonly mean: Float32Array
}

/** Products of the covariance with a vector; a small picture shows no more than these bring out. */
const rounds = 60

/**
 * The two directions along which points spread most, by power iteration on the covariance (Golub and Van Loan, Matrix Computations,
 * 8.2), without making the covariance itself: so 1,024 features cost 50 ms where decomposing it would cost seconds.
 */
export function principalAxes(points: Embedding): PrincipalAxes {
  const mean = meanOf(points)
  const first = strongest(points, mean, undefined)
  return { first, second: strongest(points, mean, first), mean }
}

/** @param apart a direction to which the answer is at right angles */
function strongest(points: Embedding, mean: Float32Array, apart: Float64Array | undefined): Float64Array {
  const { size } = points
  // No direction of data is likely to be at right angles to this one.
  let axis = unit(
    Float64Array.from({ length: size }, (_, i) => Math.sin(1 + 7 * i)),
    apart,
  )
  for (let round = 0; round < rounds; round++) {
    const next = unit(times(points, mean, axis), apart)
    if (next.every(value => value === 0)) return axis
    axis = next
  }
  return axis
}

/** The covariance, but for its scale, times a vector. */
function times({ values, count, size }: Embedding, mean: Float32Array, axis: Float64Array): Float64Array {
  const product = new Float64Array(size)
  for (let row = 0; row < count; row++) {
    const at = row * size
    let along = 0
    for (let i = 0; i < size; i++)
      along += ((values[at + i] as number) - (mean[i] as number)) * (axis[i] as number)
    for (let i = 0; i < size; i++)
      product[i] = (product[i] as number) + along * ((values[at + i] as number) - (mean[i] as number))
  }
  return product
}

/** Of length 1; all zeros where nothing is left of it. */
function unit(vector: Float64Array, apart: Float64Array | undefined): Float64Array {
  const shadow =
    apart === undefined ? 0 : vector.reduce((sum, value, i) => sum + value * (apart[i] as number), 0)
  const rest = vector.map((value, i) => value - shadow * (apart?.[i] ?? 0))
  const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0))
  return length < 1e-12 * (1 + Math.abs(shadow)) ? rest.fill(0) : rest.map(value => value / length)
}
