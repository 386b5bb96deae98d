import * as tf from '@tensorflow/tfjs-core'
import { breathe } from './breathe.ts'
import type { Embedding } from './embed.ts'
import { nearestFlat } from './nearest.flat.ts'
import { mostFound, type Neighbours, pointAt, squaredDistance } from './nearest.ts'
import { NearestList } from './nearest-list.ts'
import { blockSize, ScoredGallery, type Screened } from './scored-gallery.ts'

/** Blocks looked into beyond those that the neighbours can fill: room for what rounding leaves undecided. */
const spareBlocks = 8

/**
 * Exact nearest neighbours by matrix products in 32 bits, for several queries at a time. Products only screen: every
 * point that rounding may have hidden is measured again as `nearest` measures, and where the blocks that were looked
 * into cannot be proven to hold all such points, the query is scanned.
 */
export class ProductIndex {
  readonly #gallery: Embedding
  readonly #scored: ScoredGallery
  readonly #backend = tf.getBackend()
  /** Points measured again, and queries that were scanned. */
  measured = 0
  scans = 0

  constructor(gallery: Embedding) {
    this.#gallery = gallery
    this.#scored = new ScoredGallery(gallery)
  }

  query(query: Float32Array, count: number, exclude = -1): Neighbours {
    // A training may compute elsewhere meanwhile, where what is held here is not.
    if (tf.getBackend() !== this.#backend) return this.#scan(query, count, exclude)
    const one = { values: query, count: 1, size: query.length }
    const { rows, squares } = this.#scored.queries(one, 0, 1)
    const tiles: Screened[] = []
    for (let tile = 0; tile < this.#scored.tiles; tile++) {
      tiles.push(this.#scored.screen(tile, rows, blocksFor(count)))
    }
    rows.dispose()
    return this.#settle(query, squares[0] as number, tiles, 0, count, exclude)
  }

  /** @param excludes for each query the gallery index that does not count, or -1. @throws cancelled */
  async batch(
    queries: Embedding,
    count: number,
    excludes?: Int32Array,
    signal?: AbortSignal,
  ): Promise<Neighbours[]> {
    const found: Neighbours[] = []
    while (found.length < queries.count) {
      const from = found.length
      const to = Math.min(queries.count, from + this.#scored.queriesAtOnce)
      const { rows, squares } = this.#scored.queries(queries, from, to)
      const tiles: Screened[] = []
      try {
        for (let tile = 0; tile < this.#scored.tiles; tile++) {
          await breathe(signal, 'The search')
          tiles.push(this.#scored.screen(tile, rows, blocksFor(count)))
        }
      } finally {
        rows.dispose()
      }
      squares.forEach((square, row) => {
        const exclude = excludes?.[from + row] ?? -1
        found.push(this.#settle(pointAt(queries, from + row), square, tiles, row, count, exclude))
      })
    }
    return found
  }

  dispose(): void {
    this.#scored.dispose()
  }

  /**
   * Let D = |q|^2 - 2 score, wrong by E at most. The count-th smallest D is at most E below the count-th smallest
   * distance, so a neighbour's own D is at most 2 E above it. Every point of that kind is measured; blocks left out
   * must lie beyond.
   */
  #settle(
    query: Float32Array,
    square: number,
    tiles: readonly Screened[],
    row: number,
    count: number,
    exclude: number,
  ): Neighbours {
    const slack = 2 * this.#scored.errorBound(square)
    if (slack === Number.POSITIVE_INFINITY) return this.#scan(query, count, exclude)
    const most = mostFound(this.#gallery, count, exclude)
    const screened = new NearestList(most)
    const candidates: number[] = []
    const estimates: number[] = []
    let limit = Number.POSITIVE_INFINITY
    for (const { first, chosen, best, ids, scores } of tiles) {
      for (let block = row * chosen; block < (row + 1) * chosen; block++) {
        // The blocks come best first.
        if (square - 2 * (best[block] as number) > limit) break
        const start = first + (ids[block] as number) * blockSize
        const end = Math.min(blockSize, this.#gallery.count - start)
        const at = block * blockSize
        for (let i = 0; i < end; i++) {
          const estimate = square - 2 * (scores[at + i] as number)
          if (estimate > limit || start + i === exclude) continue
          screened.offer(start + i, Math.max(0, estimate))
          candidates.push(start + i)
          estimates.push(estimate)
          limit = screened.worst + slack
        }
      }
    }
    const allSeen = tiles.every(({ chosen, blocks, best }) => {
      return chosen === blocks || square - 2 * (best[(row + 1) * chosen - 1] as number) > limit
    })
    if (!allSeen) return this.#scan(query, count, exclude)
    const list = new NearestList(most)
    candidates.forEach((index, i) => {
      if ((estimates[i] as number) > limit) return
      this.measured++
      list.offer(index, squaredDistance(this.#gallery, index, query))
    })
    return list.neighbours()
  }

  #scan(query: Float32Array, count: number, exclude: number): Neighbours {
    this.scans++
    return nearestFlat(this.#gallery, query, count, exclude)
  }
}

/** One more than neighbours, since the query itself may be of the gallery. */
const blocksFor = (count: number): number => count + 1 + spareBlocks
