import { stringify } from 'csv-stringify/browser/esm/sync'
import type { Rates, Verified } from '../../../shared/contract.ts'
import { formatCount, formatShare } from '../../ui/format.ts'
import { isSimilar } from '../verdict.ts'

/** A pair of pictures of two folders. */
export interface Match {
  readonly first: string
  readonly second: string
  readonly distance: number
  /** Probability that they are of one class; null while there is no calibration. */
  readonly same: number | null
}

/** Nearest first. @param names of the pictures of either folder */
export function matchesOf(
  { distances, first, same, second }: Verified,
  names: readonly [readonly string[], readonly string[]],
): Match[] {
  return Array.from(distances, (distance, i) => ({
    first: names[0][first[i] as number] ?? '',
    second: names[1][second[i] as number] ?? '',
    distance,
    same: Number.isNaN(same[i]) ? null : (same[i] as number),
  }))
}

export const similarCount = ({ distances }: Verified, threshold: number): number =>
  distances.reduce((count, distance) => count + (isSimilar(distance, threshold) ? 1 : 0), 0)

/** What two folders come to. */
export function verifiedText(verified: Verified, threshold: number, pairs: 'best' | 'all'): string {
  const all = verified.distances.length
  const similar = similarCount(verified, threshold)
  const counts = `${formatCount(similar)} of ${formatCount(all)}`
  const share = formatShare(all === 0 ? null : similar / all)
  return pairs === 'best'
    ? `${counts} pictures of A have a similar one in B (${share}).`
    : `${counts} pairs are similar (${share}).`
}

/** What the threshold does to held-out pairs. */
export function ratesText({ dissimilarPairs, falseAccept, falseReject, similarPairs }: Rates): string {
  const pairs = formatCount(similarPairs + dissimilarPairs)
  return (
    `At this threshold the run takes ${formatShare(falseAccept)} of dissimilar pairs for similar (false accept) ` +
    `and ${formatShare(falseReject)} of similar ones for dissimilar (false reject), of ${pairs} held-out pairs.`
  )
}

/** A row a pair. Numbers as they are, so that what reads the file may round them. */
export const matchesAsCsv = (matches: readonly Match[], threshold: number): string =>
  stringify([
    ['first', 'second', 'distance', 'probability_same', 'threshold', 'verdict'],
    ...matches.map(({ distance, first, same, second }) => [
      first,
      second,
      distance,
      same,
      threshold,
      isSimilar(distance, threshold) ? 'similar' : 'dissimilar',
    ]),
  ])
