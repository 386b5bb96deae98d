import { formatCount, formatMeasure } from '../ui/format.ts'
import type { LossCurve } from './loss-curve.ts'

/** The chart in words, for those who do not see it. */
export function lossSummary(curve: LossCurve): string {
  const lowest = curve.lowest()
  if (lowest === null) return 'No losses yet.'
  const first = curve.reading(1)
  const newest = curve.reading(curve.count)
  return (
    `Loss of ${formatCount(curve.count)} iterations: ${formatMeasure(first.loss)} at first, ` +
    `${formatMeasure(newest.smooth)} now when smoothed (${formatMeasure(newest.loss)} as it is). ` +
    `Lowest: ${formatMeasure(lowest.loss)} at iteration ${formatCount(lowest.iteration)}.`
  )
}
