import type { Roc } from '../../../shared/contract/analysis.ts'
import type { SortedPairs } from '../embedding/verification.ts'

/** Thresholds taken from either kind of pair: between two of them a rate changes by 1/400 at most, ties aside. */
const quantiles = 400

/** Error rates by threshold, exact at thresholds spread so that no step in either rate is large. */
export function rocOf(pairs: SortedPairs): Roc {
  const { similar, dissimilar } = pairs
  if (similar.length === 0 || dissimilar.length === 0) {
    return {
      thresholds: new Float64Array(0),
      falseAccept: new Float64Array(0),
      falseReject: new Float64Array(0),
    }
  }
  const both = [0, ...quantilesOf(similar), ...quantilesOf(dissimilar)].filter(Number.isFinite)
  const thresholds = Float64Array.from(new Set(both)).sort()
  return {
    thresholds,
    falseAccept: thresholds.map(threshold => upTo(dissimilar, threshold) / dissimilar.length),
    falseReject: thresholds.map(threshold => 1 - upTo(similar, threshold) / similar.length),
  }
}

function quantilesOf(sorted: Float64Array): number[] {
  return Array.from(
    { length: quantiles + 1 },
    (_, i) => sorted[Math.round((i / quantiles) * (sorted.length - 1))] as number,
  )
}

/** How many are not above the limit. */
export function upTo(sorted: Float64Array, limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
