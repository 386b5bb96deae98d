/** Median and quartiles of some samples. */
export interface Summary {
  readonly median: number
  readonly lower: number
  readonly upper: number
}

/**
 * The value below which a share of the samples lies, by linear interpolation between the two nearest (Hyndman and Fan,
 * "Sample Quantiles in Statistical Packages", 1996, definition 7). NaN where there are none.
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (place - Math.floor(place)) * (above - below)
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

export function summarise(samples: readonly number[]): Summary {
  return { median: median(samples), lower: quantile(samples, 0.25), upper: quantile(samples, 0.75) }
}

/**
 * Ours over theirs, round by round: both of one round met the same state of the machine, so what slowed both falls out.
 * @throws Error: not the same number of rounds
 */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length !== theirs.length) {
    throw new Error(`${ours.length} rounds cannot be compared with ${theirs.length}.`)
  }
  return ours.map((value, round) => value / (theirs[round] as number))
}
