import * as tf from '@tensorflow/tfjs-core'
import { usesGpu } from '../tensorflow/device.ts'
import { centre, meanOf } from './centred.ts'
import type { Embedding } from './embed.ts'

/** Gallery points whose best score is looked at first; a power of two divides every tile. */
export const blockSize = 64

/** Points in one product at most: the gallery's part of it is then 17 MB at 64 dimensions. */
const tileSize = 65_536

/** Scores in one product at most, [queries, points]: 25 MB, and about 10 ms on two cores. */
const mostScores = 6_500_000

/** Vectors longer than this are not multiplied: their squares come near the end of 32 bits. */
const longestTrusted = 1e15

/** Squared length of padding: beyond that of any vector that is multiplied. */
const farthest = 1e38

/** The blocks of one tile in which the best scores of each query are. */
export interface Screened {
  /** Gallery index of the tile's first point. */
  readonly first: number
  /** Blocks chosen for each query, and blocks that there are. */
  readonly chosen: number
  readonly blocks: number
  /** Best score of each chosen block, the best first: [queries, chosen]. */
  readonly best: Float32Array
  /** Which blocks: [queries, chosen]. */
  readonly ids: Int32Array
  /** The scores in them: [queries, chosen, blockSize]. */
  readonly scores: Float32Array
}

/**
 * A gallery held in TensorFlow, for products with queries. The score of a point is q g - |g|^2 / 2, which is
 * (|q|^2 - |q - g|^2) / 2: the nearer, the higher. It comes out of the product itself, in which each query goes on
 * with a 1 and each point with -|g|^2 / 2. All vectors are less the gallery's mean.
 */
export class ScoredGallery {
  readonly #gallery: Embedding
  readonly #mean: Float32Array
  /** Each [size + 1, points], padded with points that score below any other. */
  readonly #tiles: readonly tf.Tensor2D[]
  /** The longest vector's length. */
  readonly #radius: number
  /** Relative error of a product and of all that is rounded before it. */
  readonly #roundoff: number

  constructor(gallery: Embedding) {
    this.#gallery = gallery
    this.#mean = meanOf(gallery)
    const tiles: tf.Tensor2D[] = []
    let longest = 0
    for (let first = 0; first < gallery.count; first += tileSize) {
      const tile = this.#tile(first, Math.min(tileSize, gallery.count - first))
      tiles.push(tile.points)
      longest = Math.max(longest, tile.longest)
    }
    this.#tiles = tiles
    this.#radius = Math.sqrt(longest)
    this.#roundoff = 1.01 * (gallery.size + 4) * 2 ** -24 + (usesGpu() ? 2 ** -9 : 0)
  }

  /**
   * The most by which |q|^2 - 2 score can differ from the squared distance of a point to a query of this squared length;
   * infinite where products cannot be trusted. With u = 2^-24 and r = |q| + the longest |g|: the product of size + 1
   * terms is off by (size + 1) u (|q||g| + |g|^2 / 2) at most, in whatever order it is summed (Higham, "Accuracy and
   * stability of numerical algorithms", 2nd ed., section 3.1), which counts twice and is below (size + 1) u r^2; rounding
   * |g|^2 / 2 adds u r^2, rounding the centred vectors 2 u r^2. The last term is for what is flushed to zero.
   */
  errorBound(square: number): number {
    const reach = this.#radius + Math.sqrt(square)
    if (!(reach < longestTrusted)) return Number.POSITIVE_INFINITY
    return this.#roundoff * reach * reach + (this.#gallery.size + 4) * 2 ** -120
  }

  get tiles(): number {
    return this.#tiles.length
  }

  /** Queries that one product may take. */
  get queriesAtOnce(): number {
    return Math.max(1, Math.floor(mostScores / (this.#tiles[0] as tf.Tensor2D).shape[1]))
  }

  /** Queries `from` to `to`, ready to be multiplied, and the square of each one's length. */
  queries(queries: Embedding, from: number, to: number): { rows: tf.Tensor2D; squares: Float64Array } {
    const width = queries.size + 1
    const rows = new Float32Array((to - from) * width).fill(1)
    const squares = new Float64Array(to - from)
    for (let row = 0; row < squares.length; row++) {
      squares[row] = centre(queries, from + row, this.#mean, rows, row * width)
    }
    return { rows: tf.tensor2d(rows, [to - from, width]), squares }
  }

  /**
   * Multiplies queries with a tile and reads back the `wanted` best blocks of each: choosing among 60,000 scores
   * takes TensorFlow 12 ms for 100 queries, choosing among the best of 938 blocks 1 ms (the product itself: 5 ms).
   */
  screen(tile: number, rows: tf.Tensor2D, wanted: number): Screened {
    const points = this.#tiles[tile] as tf.Tensor2D
    const blocks = points.shape[1] / blockSize
    const chosen = Math.min(wanted, blocks)
    const found = tf.tidy(() => {
      const scores = tf.reshape(tf.matMul(rows, points), [rows.shape[0], blocks, blockSize])
      const { values, indices } = tf.topk(tf.max(scores, 2), chosen, true)
      return { best: values, ids: indices, scores: tf.gather(scores, indices as tf.Tensor2D, 1, 1) }
    })
    const best = found.best.dataSync<'float32'>()
    const ids = found.ids.dataSync<'int32'>()
    const scores = found.scores.dataSync<'float32'>()
    tf.dispose(found)
    return { first: tile * tileSize, chosen, blocks, best, ids, scores }
  }

  dispose(): void {
    tf.dispose([...this.#tiles])
  }

  /** @returns also the longest vector's squared length; infinite or no number where a value is not finite */
  #tile(first: number, count: number): { points: tf.Tensor2D; longest: number } {
    const { size } = this.#gallery
    const padded = Math.ceil(count / blockSize) * blockSize
    const rows = new Float32Array(padded * (size + 1))
    let longest = 0
    for (let i = 0, at = 0; i < padded; i++, at += size + 1) {
      const square = i < count ? centre(this.#gallery, first + i, this.#mean, rows, at) : farthest
      rows[at + size] = -square / 2
      if (i < count) longest = Math.max(longest, square)
    }
    const points = tf.tidy(() => tf.transpose(tf.tensor2d(rows, [padded, size + 1])))
    return { points, longest }
  }
}
