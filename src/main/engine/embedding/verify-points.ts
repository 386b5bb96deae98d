import { breathe } from './breathe.ts'
import type { Embedding } from './embed.ts'
import { pointAt } from './nearest.ts'
import { createNearestIndex } from './nearest-index.ts'
import { euclidean } from './verification.ts'

/** Pairs of points of two galleries, nearest first; of equals by the first's index, then the second's: [pairs]. */
export interface MeasuredPairs {
  readonly first: Int32Array
  readonly second: Int32Array
  /** Euclidean, in feature space. */
  readonly distances: Float64Array
}

/** Points of the first gallery between two looks at the event loop, where each has thousands of pairs. */
const pairsASlice = 100_000

/** Every point of one with every point of the other: [first.count * second.count]. @throws cancelled */
export async function allPairs(
  first: Embedding,
  second: Embedding,
  signal?: AbortSignal,
): Promise<MeasuredPairs> {
  const pairs = first.count * second.count
  const distances = new Float64Array(pairs)
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % pairsASlice === 0) await breathe(signal, 'The verification')
    const [a, b] = [Math.floor(pair / second.count), pair % second.count]
    distances[pair] = euclidean(pointAt(first, a), pointAt(second, b))
  }
  return sorted(
    Int32Array.from(distances, (_, pair) => Math.floor(pair / second.count)),
    Int32Array.from(distances, (_, pair) => pair % second.count),
    distances,
  )
}

/** Each point of the first with its nearest of the second: [first.count]; none where the second is empty. @throws cancelled */
export async function bestPairs(
  first: Embedding,
  second: Embedding,
  signal?: AbortSignal,
): Promise<MeasuredPairs> {
  const index = createNearestIndex(second, 'once')
  const best = second.count === 0 ? [] : await index.batch(first, 1, undefined, signal)
  return sorted(
    Int32Array.from(best, (_, a) => a),
    Int32Array.from(best, ({ indices }) => indices[0] as number),
    Float64Array.from(best, ({ distances }) => distances[0] as number),
  )
}

function sorted(first: Int32Array, second: Int32Array, distances: Float64Array): MeasuredPairs {
  const order = Int32Array.from(distances, (_, pair) => pair).sort(
    (a, b) => (distances[a] as number) - (distances[b] as number) || a - b,
  )
  return {
    first: order.map(pair => first[pair] as number),
    second: order.map(pair => second[pair] as number),
    distances: Float64Array.from(order, pair => distances[pair] as number),
  }
}
