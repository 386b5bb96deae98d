import type { Random } from '../twin/random.ts'
import type { LabelledEmbedding } from './embed.ts'
import { pointAt } from './nearest.ts'

/** How well distance tells similar from dissimilar pairs. NaN where one kind of pair does not occur. */
export interface Verification {
  /** Area under the ROC curve: the chance that a similar pair is nearer than a dissimilar one (ties count half). */
  readonly auc: number
  /** Equal error rate: where as many dissimilar pairs are accepted as similar ones are refused. */
  readonly eer: number
  /** The distance at which that is so: up to it a pair counts as similar. */
  readonly eerThreshold: number
}

/** Distances of random pairs of different images, each with whether they share a class: [pairs]. */
export function samplePairDistances(
  test: LabelledEmbedding,
  pairs: number,
  random: Random,
): { distances: Float64Array; similar: Uint8Array } {
  const { embedding, labels } = test
  const distances = new Float64Array(pairs)
  const similar = new Uint8Array(pairs)
  for (let pair = 0; pair < pairs; pair++) {
    const a = random.below(embedding.count)
    const drawn = random.below(embedding.count - 1)
    const b = drawn < a ? drawn : drawn + 1
    distances[pair] = euclidean(pointAt(embedding, a), pointAt(embedding, b))
    similar[pair] = labels[a] === labels[b] ? 1 : 0
  }
  return { distances, similar }
}

export function verification(test: LabelledEmbedding, pairs: number, random: Random): Verification {
  if (test.embedding.count < 2) return { auc: Number.NaN, eer: Number.NaN, eerThreshold: Number.NaN }
  const { distances, similar } = samplePairDistances(test, pairs, random)
  return scoreVerification(distances, similar)
}

/** Distances of similar and of dissimilar pairs, each ascending. A distance that is no number counts as the farthest. */
export interface SortedPairs {
  readonly similar: Float64Array
  readonly dissimilar: Float64Array
}

/** Sorting 200,000 distances so takes 15 ms; by a comparator over both kinds it takes ten times longer. */
export function sortPairs(distances: Float64Array, similar: Uint8Array): SortedPairs {
  const of = (kind: number): Float64Array =>
    distances
      .filter((_, pair) => similar[pair] === kind)
      .map(distance => (Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance))
      .sort()
  return { similar: of(1), dissimilar: of(0) }
}

export const scoreVerification = (distances: Float64Array, similar: Uint8Array): Verification =>
  scoreSorted(sortPairs(distances, similar))

/**
 * AUC by ranks (Mann and Whitney, 1947) and EER by walking the thresholds upward, interpolated between the two
 * between which the error rates cross.
 */
export function scoreSorted({ similar, dissimilar }: SortedPairs): Verification {
  const [positives, negatives] = [similar.length, dissimilar.length]
  if (positives === 0 || negatives === 0)
    return { auc: Number.NaN, eer: Number.NaN, eerThreshold: Number.NaN }
  const nextOf = (sorted: Float64Array, at: number): number => sorted[at] ?? Number.POSITIVE_INFINITY
  let accepted = 0
  let falselyAccepted = 0
  let area = 0
  let previous = { gap: -1, falseAccept: 0, distance: Math.min(nextOf(similar, 0), nextOf(dissimilar, 0)) }
  let equal: { eer: number; eerThreshold: number } | undefined
  while (accepted < positives || falselyAccepted < negatives) {
    const distance = Math.min(nextOf(similar, accepted), nextOf(dissimilar, falselyAccepted))
    const before = accepted
    const falselyBefore = falselyAccepted
    while (accepted < positives && similar[accepted] === distance) accepted++
    while (falselyAccepted < negatives && dissimilar[falselyAccepted] === distance) falselyAccepted++
    area += (falselyAccepted - falselyBefore) * (before + (accepted - before) / 2)
    const falseAccept = falselyAccepted / negatives
    const gap = falseAccept - (1 - accepted / positives)
    if (equal === undefined && gap >= 0) {
      const share = gap === previous.gap ? 0 : -previous.gap / (gap - previous.gap)
      equal = {
        eer: previous.falseAccept + share * (falseAccept - previous.falseAccept),
        eerThreshold: previous.distance + share * (distance - previous.distance),
      }
    }
    previous = { gap, falseAccept, distance }
  }
  return { auc: area / (positives * negatives), ...(equal as { eer: number; eerThreshold: number }) }
}

export function euclidean(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2
  return Math.sqrt(sum)
}
