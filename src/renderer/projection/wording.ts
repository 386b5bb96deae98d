import type { UmapProgress } from './umap.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

/** "PC 1 (43.2%)": its rank, and its share of all variance. @param rank from 0 */
export const componentName = (rank: number, share: number): string => `PC ${rank + 1} (${percent(share)})`

/** How much of the points' spread is in the picture. */
export function varianceText(shares: readonly number[], size: number): string {
  const all = shares.reduce((sum, share) => sum + share, 0)
  return `These ${shares.length} components hold ${percent(all)} of the variance of all ${size} features.`
}

/** "5 seconds", "3 minutes": as rough as an estimate is. @param seconds at least 0 */
export function roughly(seconds: number): string {
  if (seconds < 1.5) return 'a second'
  if (seconds < 10) return `${Math.round(seconds)} seconds`
  if (seconds < 90) return `${Math.round(seconds / 10) * 10} seconds`
  return `${Math.round(seconds / 60)} minutes`
}

/**
 * How long UMAP may take, in seconds; measured on two cores of a server: 5,000 points of 8 features 7.5 s, 20,000 points 24 s.
 * Every distance is measured once, which is what counts for many points or features; the layout's rounds for fewer.
 */
export const umapSeconds = (points: number, size: number): number =>
  0.001 * points + (1 + size / 8) * 6e-9 * points ** 2

const steps: Record<UmapProgress['step'], string> = {
  neighbours: 'Finding neighbours',
  graph: 'Joining them',
  layout: 'Laying out',
}

/** @param elapsed of this step, ms */
export function progressText({ step, share }: UmapProgress, elapsed: number): string {
  if (step === 'graph') return `${steps[step]}…`
  const left = share > 0.05 ? `, ${roughly((elapsed / 1000) * (1 / share - 1))} left` : ''
  return `${steps[step]}: ${Math.round(100 * share)}%${left}`
}
