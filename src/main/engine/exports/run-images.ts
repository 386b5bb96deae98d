import { TwinlensError } from '../../../shared/errors.ts'
import type { DataSet, LabelledImages } from '../data/data-set.ts'
import { reopenDataSet } from '../data/open-data-set.ts'
import type { Run } from '../runs/run-folder.ts'
import { fingerprintOf } from '../runs/same-images.ts'

/** A run's test images, or why there are none to be had, for a person. */
export type RunImages = { readonly test: LabelledImages } | { readonly missing: string }

/**
 * A run keeps features, not images: these are opened where it had them from, and must be the same ones.
 * @param open a data set that is in memory already, which may be the run's: large ones would not fit twice
 */
export async function testImagesOf({ config }: Pick<Run, 'config'>, open?: DataSet): Promise<RunImages> {
  const { source, fingerprint, corrections, heldOut } = config.data
  if (open !== undefined && open.missing === undefined && fingerprintOf(open) === fingerprint) {
    return { test: open.test }
  }
  try {
    const { test } = await reopenDataSet(source, fingerprint, corrections, heldOut)
    return { test }
  } catch (error) {
    // What a run has learned can be taken out without its images, too.
    if (!(error instanceof TwinlensError) || error.kind === 'internal') throw error
    return { missing: error.message }
  }
}
