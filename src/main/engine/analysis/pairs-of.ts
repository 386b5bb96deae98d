import { breathe } from '../embedding/breathe.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import { type SortedPairs, samplePairDistances, sortPairs } from '../embedding/verification.ts'
import type { Random } from '../twin/random.ts'

/** Pairs drawn without a look at the event loop: about 5 ms. */
const atOnce = 20_000

/** The distances of random pairs: the very pairs that `verification` draws with the same stream of numbers. @throws cancelled */
export async function pairsOf(
  points: LabelledEmbedding,
  count: number,
  random: Random,
  signal?: AbortSignal,
): Promise<SortedPairs> {
  const distances = new Float64Array(points.embedding.count < 2 ? 0 : count)
  const similar = new Uint8Array(distances.length)
  for (let from = 0; from < distances.length; from += atOnce) {
    await breathe(signal, 'The measurement')
    const drawn = samplePairDistances(points, Math.min(atOnce, distances.length - from), random)
    distances.set(drawn.distances, from)
    similar.set(drawn.similar, from)
  }
  await breathe(signal, 'The measurement')
  return sortPairs(distances, similar)
}
