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

/**
 * AUC by ranks (Mann and Whitney, 1947) and EER by walking the thresholds upward, interpolated between the two
 * between which the error rates cross.
 */
export function scoreVerification(distances: Float64Array, similar: Uint8Array): Verification {
  const positives = similar.reduce((sum, one) => sum + one, 0)
  const negatives = similar.length - positives
  if (positives === 0 || negatives === 0)
    return { auc: Number.NaN, eer: Number.NaN, eerThreshold: Number.NaN }
  const order = Uint32Array.from(distances, (_, i) => i).sort(
    (a, b) => (distances[a] as number) - (distances[b] as number),
  )
  let accepted = 0
  let falselyAccepted = 0
  let area = 0
  let previous = { gap: -1, falseAccept: 0, distance: distances[order[0] as number] as number }
  let equal: { eer: number; eerThreshold: number } | undefined
  for (let start = 0; start < order.length; ) {
    const distance = distances[order[start] as number] as number
    let tiedPositives = 0
    let end = start
    // At least one is taken: NaN equals nothing, not even itself.
    do {
      tiedPositives += similar[order[end] as number] as number
      end++
    } while (end < order.length && distances[order[end] as number] === distance)
    const tiedNegatives = end - start - tiedPositives
    area += tiedNegatives * (accepted + tiedPositives / 2)
    accepted += tiedPositives
    falselyAccepted += tiedNegatives
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
    start = end
  }
  return { auc: area / (positives * negatives), ...(equal as { eer: number; eerThreshold: number }) }
}

export function euclidean(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2
  return Math.sqrt(sum)
}
