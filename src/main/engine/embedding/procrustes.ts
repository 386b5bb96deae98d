import type { Embedding } from './embed.ts'
import { decompose } from './svd.ts'

/** One embedding laid over another. */
export interface Aligned {
  readonly embedding: Embedding
  /** Share of the target's spread that is left unexplained: 0 where both have the same form, at most 1. */
  readonly disparity: number
}

/**
 * The translation, rotation, reflection and scale of `points` that bring them nearest to `target`, point by point, in least
 * squares: orthogonal Procrustes (Schönemann, Psychometrika 31, 1966), with scale by Gower (Psychometrika 40, 1975). With both
 * centred and X^T Y = U S V^T for target X and points Y: Y -> c Y V U^T + mean(X), c = tr(S) / |Y|^2. A smaller
 * embedding counts as having zeros in the features that it lacks; the result has as many as the larger. Points that are not
 * finite in either take no part, and stay as they are not.
 */
export function align(target: Embedding, points: Embedding): Aligned {
  const size = Math.max(target.size, points.size)
  const used = usable(target, points)
  const [x, y] = [centred(target, size, used), centred(points, size, used)]
  const { u, s, v } = decompose(crossProduct(x.rows, y.rows, size), size)
  const trace = s.reduce((sum, value) => sum + value, 0)
  const scale = y.spread === 0 ? 1 : trace / y.spread
  const turn = productTransposed(v, u, size)
  const values = new Float32Array(points.count * size)
  const row = new Float64Array(size)
  for (let i = 0; i < points.count; i++) {
    for (let k = 0; k < size; k++)
      row[k] = (k < points.size ? (points.values[i * points.size + k] as number) : 0) - (y.mean[k] as number)
    for (let j = 0; j < size; j++) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += (row[k] as number) * (turn[k * size + j] as number)
      values[i * size + j] = scale * sum + (x.mean[j] as number)
    }
  }
  const disparity = x.spread === 0 || y.spread === 0 ? 1 : 1 - trace ** 2 / (x.spread * y.spread)
  return { embedding: { values, count: points.count, size }, disparity: Math.max(0, disparity) }
}

/** Indices of points that are finite in both. */
function usable(a: Embedding, b: Embedding): Int32Array {
  const finite = ({ values, size }: Embedding, i: number): boolean =>
    values.subarray(i * size, (i + 1) * size).every(Number.isFinite)
  return Int32Array.from({ length: a.count }, (_, i) => i).filter(i => finite(a, i) && finite(b, i))
}

/** The points about their mean, [used, size], with the sum of their squares. */
function centred(
  { values, size: own }: Embedding,
  size: number,
  used: Int32Array,
): { rows: Float64Array; mean: Float64Array; spread: number } {
  const mean = new Float64Array(size)
  const rows = new Float64Array(used.length * size)
  used.forEach((index, i) => {
    for (let k = 0; k < own; k++) {
      const value = values[index * own + k] as number
      rows[i * size + k] = value
      mean[k] = (mean[k] as number) + value / used.length
    }
  })
  let spread = 0
  for (let i = 0; i < rows.length; i++) {
    rows[i] = (rows[i] as number) - (mean[i % size] as number)
    spread += (rows[i] as number) ** 2
  }
  return { rows, mean, spread }
}

/** X^T Y, [size, size]. */
function crossProduct(x: Float64Array, y: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size)
  for (let at = 0; at < x.length; at += size) {
    for (let i = 0; i < size; i++) {
      const factor = x[at + i] as number
      for (let j = 0; j < size; j++)
        product[i * size + j] = (product[i * size + j] as number) + factor * (y[at + j] as number)
    }
  }
  return product
}

/** A B^T, [size, size]. */
function productTransposed(a: Float64Array, b: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    let sum = 0
    for (let k = 0; k < size; k++) sum += (a[i * size + k] as number) * (b[j * size + k] as number)
    return sum
  })
}
