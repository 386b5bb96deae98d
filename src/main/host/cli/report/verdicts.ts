import { stringify } from 'csv-stringify/sync'
import type { ErrorRates, PairDistances } from '../../../engine/embedding/error-rates.ts'
import { table } from './table.ts'

/** What is said of two pictures. */
export interface Verdict {
  readonly first: string
  readonly second: string
  readonly distance: number
  readonly similar: boolean
  /** Of their being of one class; null where that could not be calibrated. */
  readonly probability: number | null
}

/** A screen's worth; the CSV has them all. */
const mostShown = 20

export function verdictTable(verdicts: readonly Verdict[]): string {
  const shown = verdicts
    .slice(0, mostShown)
    .map(({ first, second, distance, similar, probability }) => [
      first,
      second,
      distance.toFixed(6),
      similar ? 'alike' : 'different',
      probability === null ? 'unknown' : `${(100 * probability).toFixed(1)}%`,
    ])
  const rows = table(['A', 'B', 'Distance', 'Verdict', 'Same class'], shown)
  const more = verdicts.length - shown.length
  const alike = verdicts.filter(({ similar }) => similar).length
  const summary = verdicts.length > 1 ? `\n\n${alike} of ${verdicts.length} pairs are alike.` : ''
  return `${rows}${more > 0 ? `\n... and ${more} more` : ''}${summary}`
}

/** What the threshold does to pairs of which the truth is known. */
export function ratesText(
  { threshold, falseAccept, falseReject }: ErrorRates & { readonly threshold: number },
  { similarPairs, dissimilarPairs }: PairDistances,
): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`
  const kinds = [
    Number.isNaN(falseAccept)
      ? []
      : [
          `${percent(falseAccept)} of ${dissimilarPairs.toLocaleString('en')} pairs of different classes count as alike`,
        ],
    Number.isNaN(falseReject)
      ? []
      : [`${percent(falseReject)} of ${similarPairs.toLocaleString('en')} pairs of one class as different`],
  ].flat()
  return `Threshold ${threshold.toFixed(6)}. Of this run's test images, ${kinds.join(', and ')}.`
}

export const verdictCsv = (verdicts: readonly Verdict[]): string =>
  stringify([
    ['first', 'second', 'distance', 'verdict', 'probability'],
    ...verdicts.map(({ first, second, distance, similar, probability }) => [
      first,
      second,
      distance,
      similar ? 'alike' : 'different',
      probability ?? '',
    ]),
  ])
