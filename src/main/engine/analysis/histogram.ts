import type { Histogram } from '../../../shared/contract/analysis.ts'
import type { SortedPairs } from '../embedding/verification.ts'

const bins = 80

/** The last bin also takes what lies beyond this share of either kind: a few far pairs would squeeze all others. */
const shown = 0.998

/** Both kinds of pairs counted by distance. */
export function histogramOf({ similar, dissimilar }: SortedPairs): Histogram {
  const ends = [similar, dissimilar].map(sorted => sorted[Math.floor(shown * (sorted.length - 1))] ?? 0)
  const end = Math.max(...ends)
  const width = end > 0 && Number.isFinite(end) ? end / bins : 1 / bins
  return { width, similar: countIn(similar, width), dissimilar: countIn(dissimilar, width) }
}

function countIn(sorted: Float64Array, width: number): Int32Array {
  const counts = new Int32Array(bins)
  for (const distance of sorted) {
    const bin = Math.min(bins - 1, Math.floor(distance / width))
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}
