import { TwinlensError } from '../../../shared/errors.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { reopenDataSet } from '../data/open-data-set.ts'
import type { Run } from '../runs/run-folder.ts'

/** A run's test images, or why there are none to be had, for a person. */
export type RunImages = { readonly test: LabelledImages } | { readonly missing: string }

/** A run keeps features, not images: these are opened where it had them from, and must be the same ones. */
export async function testImagesOf({ config }: Pick<Run, 'config'>): Promise<RunImages> {
  const { source, fingerprint, corrections, heldOut } = config.data
  try {
    const { test } = await reopenDataSet(source, fingerprint, corrections, heldOut)
    return { test }
  } catch (error) {
    // What a run has learned can be taken out without its images, too.
    if (!(error instanceof TwinlensError) || error.kind === 'internal') throw error
    return { missing: error.message }
  }
}
