import type { RunComparison } from '../../../../shared/contract/run-library.ts'
import { invalidInput } from '../../../../shared/errors.ts'
import { differencesOf } from '../../../../shared/run-differences.ts'
import { seriesOf } from '../run-evaluations.ts'
import { openEvaluations, openLosses } from '../run-folder.ts'
import { lossLine } from './loss-line.ts'
import type { RunLibrary } from './run-library.ts'

/**
 * Runs side by side, in the order in which they are named.
 * @param buckets points of each loss curve, at most
 * @param smoothing weight of the past in the smoothed loss
 * @throws invalid-input: there is none of a name, or one cannot be read; bad-file: its losses cannot
 */
export async function compareRuns(
  library: RunLibrary,
  names: readonly string[],
  buckets: number,
  smoothing: number,
): Promise<RunComparison> {
  const runs = await Promise.all(names.map(name => library.of(name)))
  const abouts = runs.map(({ name, about, fault }) => {
    if (about === null) throw invalidInput(`"${name}" cannot be compared: ${fault ?? 'it cannot be read.'}`)
    return about
  })
  const losses = await Promise.all(
    runs.map(async ({ folder }) => lossLine(await openLosses(folder), buckets, smoothing)),
  )
  const evaluations = await Promise.all(
    runs.map(async ({ folder }) => seriesOf(await openEvaluations(folder))),
  )
  return { runs, losses, evaluations, differences: differencesOf(abouts) }
}
