import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { type DataSet, type ImageShape, type LabelledImages, shapeOf } from '../data/data-set.ts'
import { reopenDataSet } from '../data/open-data-set.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import type { Run } from './run-folder.ts'

/**
 * The images of a run; where they are gone or have changed, all that is known of them without their pixels. The bundled digits are
 * never gone: a run that does not fit them is of something else.
 * @throws bad-file: digits that are not those of the run; cancelled
 */
export async function imagesOfRun(run: Pick<Run, 'config' | 'train' | 'test'>): Promise<DataSet> {
  const { source, fingerprint, corrections, heldOut } = run.config.data
  const reopen = (): Promise<DataSet> => reopenDataSet(source, fingerprint, corrections, heldOut)
  try {
    return await reopen()
  } catch (error) {
    if (!(error instanceof TwinlensError) || error.kind === 'cancelled' || source.kind === 'digits')
      throw error
    return withoutPictures(run, { why: error.message, fingerprint, reopen })
  }
}

/** The same data set with its pictures, if they are back by now; else as it is. */
export async function lookAgain(data: DataSet): Promise<DataSet> {
  if (data.missing === undefined) return data
  try {
    return await data.missing.reopen()
  } catch (error) {
    if (error instanceof TwinlensError) return data
    throw error
  }
}

function withoutPictures(
  { config, train, test }: Pick<Run, 'config' | 'train' | 'test'>,
  missing: NonNullable<DataSet['missing']>,
): DataSet {
  const { name, source, classes, framing } = config.data
  return {
    name,
    source,
    classes,
    framing,
    train: withoutPixels(config.data, train, missing.why),
    test: withoutPixels(config.data, test, missing.why),
    missing,
  }
}

const withoutPixels = (shape: ImageShape, { labels }: LabelledEmbedding, why: string): LabelledImages => ({
  ...shapeOf(shape),
  labels,
  count: labels.length,
  get pixels(): Uint8Array {
    throw invalidInput(`The pictures of this run are missing. ${why}`)
  },
})
