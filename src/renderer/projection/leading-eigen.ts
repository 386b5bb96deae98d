import { seededRandom } from './seeded-random.ts'
import { type Eigen, symmetricEigen } from './symmetric-eigen.ts'

/** Directions followed beside those that are wanted: the first ones settle the sooner for it. */
const spare = 8
/** Where it takes longer the eigenvalues are so alike that other directions among theirs are as good. */
const mostRounds = 80

/** Against the largest eigenvalue: how far the wanted vectors may be from solving A v = λ v. A point is drawn no finer. */
const tolerance = 1e-7

/**
 * The largest eigenvalues and their vectors of a symmetric matrix without negative ones, such as a covariance, by subspace
 * iteration with a Rayleigh-Ritz step (Golub and Van Loan, "Matrix Computations", 8.2.4 and 8.3.7). Its time grows with the
 * square of the size, where the whole decomposition's grows with its cube.
 * @param matrix [size, size]
 * @returns `values` [wanted], `vectors` [wanted, size]
 */
export function leadingEigen(matrix: Float64Array, size: number, wanted: number): Eigen {
  const block = Math.min(size, wanted + spare)
  const random = seededRandom(1)
  let vectors = orthonormal(
    Float64Array.from({ length: block * size }, () => random() - 0.5),
    size,
  )
  let values = new Float64Array(block)
  for (let round = 0; round < mostRounds; round++) {
    const images = multiplied(vectors, matrix, size)
    const small = symmetricEigen(products(images, vectors, size), block)
    const turned = multiplied(small.vectors, vectors, block)
    const turnedImages = multiplied(small.vectors, images, block)
    values = Float64Array.from(small.values)
    if (worstResidual(turned, turnedImages, values, size, wanted) <= tolerance * (values[0] as number)) {
      vectors = turned
      break
    }
    vectors = orthonormal(turnedImages, size)
  }
  return { values: values.slice(0, wanted), vectors: vectors.slice(0, wanted * size) }
}

/** A B for A [rows, inner] and B [inner, columns]. */
function multiplied(a: Float64Array, b: Float64Array, inner: number): Float64Array {
  const rows = a.length / inner
  const columns = b.length / inner
  const product = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k] as number
      const [from, to] = [k * columns, i * columns]
      for (let j = 0; j < columns; j++)
        product[to + j] = (product[to + j] as number) + factor * (b[from + j] as number)
    }
  }
  return product
}

/** A B^T for two with rows of `size`. */
function products(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const rows = a.length / size
  return Float64Array.from({ length: rows * rows }, (_, at) =>
    dot(a, Math.floor(at / rows) * size, b, (at % rows) * size, size),
  )
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, size: number): number {
  let sum = 0
  for (let k = 0; k < size; k++) sum += (a[i + k] as number) * (b[j + k] as number)
  return sum
}

/** Rows made orthonormal by Gram and Schmidt, twice for full accuracy; a row that depends on the others becomes an axis. */
function orthonormal(rows: Float64Array, size: number): Float64Array {
  let axis = 0
  for (let at = 0; at < rows.length; at += size) {
    for (;;) {
      const before = Math.sqrt(dot(rows, at, rows, at, size))
      for (let twice = 0; twice < 2; twice++) {
        for (let other = 0; other < at; other += size) {
          const along = dot(rows, at, rows, other, size)
          for (let k = 0; k < size; k++)
            rows[at + k] = (rows[at + k] as number) - along * (rows[other + k] as number)
        }
      }
      const length = Math.sqrt(dot(rows, at, rows, at, size))
      if (length > 1e-12 * before && length > 0) {
        for (let k = 0; k < size; k++) rows[at + k] = (rows[at + k] as number) / length
        break
      }
      rows.fill(0, at, at + size)
      rows[at + axis++] = 1
    }
  }
  return rows
}

/** Of the wanted vectors the largest |A v - λ v|. */
function worstResidual(
  vectors: Float64Array,
  images: Float64Array,
  values: Float64Array,
  size: number,
  wanted: number,
): number {
  let worst = 0
  for (let i = 0; i < wanted; i++) {
    let sum = 0
    for (let k = 0; k < size; k++)
      sum +=
        ((images[i * size + k] as number) - (values[i] as number) * (vectors[i * size + k] as number)) ** 2
    worst = Math.max(worst, Math.sqrt(sum))
  }
  return worst
}
