import type { Embedding } from './embed.ts'
import { NearestList } from './nearest-list.ts'

/** The nearest points of a gallery, nearest first; both arrays [count found]. */
export interface Neighbours {
  readonly indices: Int32Array
  /** Euclidean, in feature space. */
  readonly distances: Float64Array
}

/**
 * Exact nearest neighbours by Euclidean distance, in one plain scan: the specification that every quicker way
 * (`nearest-index.ts`) equals to the last bit. Squares are summed in double precision, first dimension first; equal
 * sums are told apart by index, the lower first.
 * @param query [gallery.size]
 * @param exclude gallery index that does not count: the query itself when it is of the gallery
 */
export function nearest(gallery: Embedding, query: Float32Array, count: number, exclude = -1): Neighbours {
  const list = new NearestList(mostFound(gallery, count, exclude))
  for (let index = 0; index < gallery.count; index++) {
    if (index !== exclude) list.offer(index, squaredDistance(gallery, index, query))
  }
  return list.neighbours()
}

/** |point - query|^2 in double precision. */
export function squaredDistance({ values, size }: Embedding, index: number, query: Float32Array): number {
  const at = index * size
  let sum = 0
  for (let i = 0; i < size; i++) {
    const difference = (values[at + i] as number) - (query[i] as number)
    sum += difference * difference
  }
  return sum
}

/** How many neighbours there are to find: `count`, or as many as the gallery has beside the one left out. */
export function mostFound(gallery: Embedding, count: number, exclude: number): number {
  return Math.min(count, gallery.count - (exclude >= 0 && exclude < gallery.count ? 1 : 0))
}

/** Point `index`, as a view: [size]. */
export function pointAt(embedding: Embedding, index: number): Float32Array {
  return embedding.values.subarray(index * embedding.size, (index + 1) * embedding.size)
}
