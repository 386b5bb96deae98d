import type { Embedding } from './embed.ts'

/** The nearest points of a gallery, nearest first; both arrays [count found]. */
export interface Neighbours {
  readonly indices: Int32Array
  /** Euclidean, in feature space. */
  readonly distances: Float64Array
}

/**
 * Exact nearest neighbours by Euclidean distance: one scan, a short sorted list of the best so far. Equal distances
 * are told apart by index, the lower first.
 * @param query [gallery.size]
 * @param exclude gallery index that does not count: the query itself when it is of the gallery
 */
export function nearest(gallery: Embedding, query: Float32Array, count: number, exclude = -1): Neighbours {
  const { values, size } = gallery
  const most = Math.min(count, gallery.count - (exclude >= 0 && exclude < gallery.count ? 1 : 0))
  const indices = new Int32Array(most)
  const distances = new Float64Array(most).fill(Number.POSITIVE_INFINITY)
  let worst = Number.POSITIVE_INFINITY
  let found = 0
  for (let index = 0, at = 0; index < gallery.count; index++, at += size) {
    let sum = 0
    for (let i = 0; i < size; i++) {
      const difference = (values[at + i] as number) - (query[i] as number)
      sum += difference * difference
    }
    if ((sum >= worst && found === most) || index === exclude) continue
    let place = found < most ? found++ : most - 1
    while (place > 0 && (distances[place - 1] as number) > sum) {
      distances[place] = distances[place - 1] as number
      indices[place] = indices[place - 1] as number
      place--
    }
    distances[place] = sum
    indices[place] = index
    worst = distances[most - 1] as number
  }
  return { indices, distances: distances.map(Math.sqrt) }
}

/** Point `index`, as a view: [size]. */
export function pointAt(embedding: Embedding, index: number): Float32Array {
  return embedding.values.subarray(index * embedding.size, (index + 1) * embedding.size)
}
