import type { PairFigures } from '../../../shared/contract/analysis.ts'
import { type SortedPairs, scoreSorted } from '../embedding/verification.ts'

/** Around the margin, as a share of it. */
const nearMargin = 0.25

/** What JSON and a person can take: null where there is no number. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** The figures of pairs by their distances. @param margin null where they were not trained with one */
export function pairFigures(pairs: SortedPairs, margin: number | null): PairFigures {
  const { similar, dissimilar } = pairs
  const { auc, eer, eerThreshold } = scoreSorted(pairs)
  return {
    similarPairs: similar.length,
    dissimilarPairs: dissimilar.length,
    meanSimilar: orNull(mean(similar)),
    meanDissimilar: orNull(mean(dissimilar)),
    loss: margin === null ? null : orNull(lossOf(pairs, margin)),
    auc: orNull(auc),
    eer: orNull(eer),
    eerThreshold: orNull(eerThreshold),
    atMargin:
      margin === null
        ? null
        : orNull(mean(dissimilar, distance => Number(Math.abs(distance - margin) <= nearMargin * margin))),
  }
}

/**
 * Contrastive loss of a pair (its formula: twin/contrastive-loss.ts), a half of the weight on either kind as the
 * training draws them, however many of each there are here.
 */
export function lossOf({ similar, dissimilar }: SortedPairs, margin: number): number {
  const pulled = mean(similar, distance => distance ** 2)
  const pushed = mean(dissimilar, distance => Math.max(margin - distance, 0) ** 2)
  return (pulled + pushed) / 4
}

/** NaN of nothing. */
export function mean(values: Float64Array, of: (value: number) => number = value => value): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length
}
