import { leadingEigen } from './leading-eigen.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** Up to so many features the whole decomposition takes 0.1 s and less. */
const wholeUpTo = 128

/** The directions along which points vary most. */
export interface Components {
  /** [size] */
  readonly mean: Float64Array
  /** Of unit length, a row each, [kept, size]. */
  readonly axes: Float64Array
  /** Which principal component each row is, from 0: rows may stand in another order than by variance. */
  readonly ranks: readonly number[]
  /** Share of all variance along each row, 0 to 1. */
  readonly shares: readonly number[]
}

/**
 * Principal components by the covariance's eigenvectors. A vector's sign is free: its largest entry is positive, or,
 * with components of the frame before, each goes on as its nearest one there, so that nothing flips while one looks.
 * @param values [points, size]; points that are no numbers are left out
 * @param kept how many components, at most `size`
 */
export function principalComponents(
  values: Float32Array,
  size: number,
  kept: number,
  before: Components | null = null,
): Components {
  const mean = meanOf(values, size)
  const covariance = covarianceOf(values, size, mean)
  const { values: variances, vectors } =
    size <= wholeUpTo ? symmetricEigen(covariance, size) : leadingEigen(covariance, size, kept)
  let total = 0
  for (let j = 0; j < size; j++) total += covariance[j * size + j] as number
  const rows = Array.from({ length: kept }, (_, i) => vectors.slice(i * size, (i + 1) * size))
  const ranks = placesOf(rows, before)
  const axes = new Float64Array(kept * size)
  ranks.forEach((rank, place) => {
    const row = rows[rank] as Float64Array
    const old =
      before?.axes.length === axes.length ? before.axes.subarray(place * size, (place + 1) * size) : null
    const sign = old === null ? signOfLargest(row) : dot(row, old) < 0 ? -1 : 1
    axes.set(
      row.map(value => sign * value),
      place * size,
    )
  })
  const shares = ranks.map(rank => (total > 0 ? Math.max(0, variances[rank] as number) / total : 0))
  return { mean, axes, ranks, shares }
}

/** Every point's coordinates along the components, [points, kept]. */
export function project(values: Float32Array, size: number, { mean, axes }: Components): Float32Array {
  const kept = axes.length / size
  const count = values.length / size
  const projected = new Float32Array(count * kept)
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < kept; k++) {
      let sum = 0
      for (let j = 0; j < size; j++)
        sum += ((values[i * size + j] as number) - (mean[j] as number)) * (axes[k * size + j] as number)
      projected[i * kept + k] = sum
    }
  }
  return projected
}

function isFinitePoint(values: Float32Array, at: number, size: number): boolean {
  for (let j = 0; j < size; j++) if (!Number.isFinite(values[at + j])) return false
  return true
}

function meanOf(values: Float32Array, size: number): Float64Array {
  const mean = new Float64Array(size)
  let count = 0
  for (let at = 0; at < values.length; at += size) {
    if (!isFinitePoint(values, at, size)) continue
    count++
    for (let j = 0; j < size; j++) mean[j] = (mean[j] as number) + (values[at + j] as number)
  }
  return count === 0 ? mean : mean.map(sum => sum / count)
}

/** Up to a factor, which changes no direction and no share; [size, size]. */
function covarianceOf(values: Float32Array, size: number, mean: Float64Array): Float64Array {
  const covariance = new Float64Array(size * size)
  const off = new Float64Array(size)
  for (let at = 0; at < values.length; at += size) {
    if (!isFinitePoint(values, at, size)) continue
    for (let j = 0; j < size; j++) off[j] = (values[at + j] as number) - (mean[j] as number)
    for (let j = 0; j < size; j++) {
      const offJ = off[j] as number
      for (let k = j; k < size; k++)
        covariance[j * size + k] = (covariance[j * size + k] as number) + offJ * (off[k] as number)
    }
  }
  for (let j = 0; j < size; j++)
    for (let k = 0; k < j; k++) covariance[j * size + k] = covariance[k * size + j] as number
  return covariance
}

/** Which of the new components takes each place: that most like the one which had it, the clearest match first. */
function placesOf(rows: readonly Float64Array[], before: Components | null): number[] {
  const size = rows[0]?.length ?? 0
  const places = rows.map((_, i) => i)
  if (before === null || before.axes.length !== rows.length * size) return places
  const matches = places
    .flatMap(place =>
      rows.map((row, rank) => ({
        place,
        rank,
        likeness: Math.abs(dot(row, before.axes.subarray(place * size, (place + 1) * size))),
      })),
    )
    .sort((a, b) => b.likeness - a.likeness)
  const taken = new Set<number>()
  const filled = new Set<number>()
  for (const { place, rank } of matches) {
    if (taken.has(rank) || filled.has(place)) continue
    places[place] = rank
    taken.add(rank)
    filled.add(place)
  }
  return places
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function signOfLargest(row: Float64Array): 1 | -1 {
  let largest = 0
  for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value
  return largest < 0 ? -1 : 1
}
