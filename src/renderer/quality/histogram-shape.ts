import type { Histogram } from '../../shared/contract.ts'
import { distanceText } from '../search/verdict.ts'
import { formatCount } from '../ui/format.ts'

/** Each bin's share of all: there are ten times more dissimilar pairs than similar ones of ten classes. */
export function sharesOf(counts: Int32Array): Float64Array {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return Float64Array.from(counts, count => (all === 0 ? 0 : count / all))
}

/** The outline of the bars as an SVG path, closed at the bottom. */
export function outlineOf(
  shares: Float64Array,
  width: number,
  toX: (value: number) => number,
  toY: (value: number) => number,
  bottom: number,
): string {
  const steps = Array.from(
    shares,
    (share, bin) => `V${toY(share).toFixed(1)}H${toX((bin + 1) * width).toFixed(1)}`,
  )
  return `M${toX(0).toFixed(1)} ${bottom}${steps.join('')}V${bottom}Z`
}

/** Counts for a table, so many bins a row. */
export function rowsOf({ width, similar, dissimilar }: Histogram, bins: number): string[][] {
  const rows: string[][] = []
  for (let from = 0; from < similar.length; from += bins) {
    const to = Math.min(similar.length, from + bins)
    const sum = (counts: Int32Array): string =>
      formatCount(counts.subarray(from, to).reduce((all, count) => all + count, 0))
    const until = to === similar.length ? 'and more' : `to ${distanceText(to * width)}`
    rows.push([`${distanceText(from * width)} ${until}`, sum(similar), sum(dissimilar)])
  }
  return rows
}
