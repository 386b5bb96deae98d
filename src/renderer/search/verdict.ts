import type { Training } from '../../shared/contract.ts'

/** Up to the threshold two images count as similar: the same rule as the engine's equal-error threshold. */
export const isSimilar = (distance: number, threshold: number): boolean => distance <= threshold

export interface Preset {
  readonly threshold: number
  readonly reason: string
}

/**
 * What the threshold starts from. Until a run is measured, half the margin: the loss pulls similar pairs to 0 and
 * pushes dissimilar ones to the margin.
 */
export function presetOf({
  quality,
  hyperparameters,
}: Pick<Training, 'quality' | 'hyperparameters'>): Preset | null {
  if (quality !== null && quality.eerThreshold !== null) {
    return {
      threshold: quality.eerThreshold,
      reason: 'the equal-error threshold measured on the test images',
    }
  }
  if (hyperparameters === null) return null
  return {
    threshold: hyperparameters.margin / 2,
    reason: 'half the margin, until this run has been measured',
  }
}

/** End of the scale: a round number beyond both, so that it stays while one moves the threshold. */
export function scaleEnd(distance: number | null, preset: number): number {
  const least = Math.max(distance ?? 0, preset * 2, Number.MIN_VALUE) * 1.1
  const power = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map(share => share * power).find(end => end >= least) as number
}

/** Distances of one picture can be told apart; none has more digits than it means. */
export function distanceText(distance: number): string {
  if (!Number.isFinite(distance)) return 'not a number'
  if (distance !== 0 && (distance < 1e-4 || distance >= 1e6)) return distance.toExponential(2)
  return distance.toFixed(distance < 1 ? 4 : distance < 100 ? 3 : 1)
}

/** What most of the neighbours are, in words. @param names their classes, nearest first; of equals the nearer counts */
export function majorityText(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [first] = [...counts].sort((a, b) => b[1] - a[1])
  if (first === undefined) return 'There are no others.'
  const [name, count] = first
  return count === names.length
    ? `All ${count} are of class ${name}.`
    : `${count} of ${names.length} are of class ${name}.`
}

export function verdictText(distance: number, threshold: number): string {
  if (!Number.isFinite(distance)) return 'The distance is not a number: the training diverged.'
  return isSimilar(distance, threshold)
    ? 'Similar: not farther apart than the threshold.'
    : 'Dissimilar: farther apart than the threshold.'
}
