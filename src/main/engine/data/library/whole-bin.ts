import type { Binned } from '../../../../shared/contract/bin.ts'
import { binnedRuns, emptyBin } from '../../runs/library/bin.ts'
import { binnedDataSets, emptyDataSetBin } from './data-set-bin.ts'

/** Deleted runs and removed data sets, those of last first. */
export async function wholeBin(): Promise<Binned[]> {
  const runs = (await binnedRuns()).map(run => ({ kind: 'run' as const, ...run }))
  const dataSets = (await binnedDataSets()).map(({ id: _, ...one }) => ({
    kind: 'data set' as const,
    ...one,
  }))
  return [...runs, ...dataSets].toSorted((a, b) => (a.deleted < b.deleted ? 1 : -1))
}

/** Deletes all of it for good. @returns how many that were @throws bad-file */
export const emptyWholeBin = async (): Promise<number> => (await emptyBin()) + (await emptyDataSetBin())
