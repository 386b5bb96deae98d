import type { Correction } from '../../../shared/contract.ts'
import { badFile } from '../../../shared/errors.ts'
import { correctDataSet } from '../corrections/correct-data-set.ts'
import { type DataSet, type DataSource, fingerprint } from './data-set.ts'
import { digitsDefault, loadDigits } from './digits.ts'
import { type HeldOutShare, holdOut } from './hold-out.ts'
import { loadIdxDataSet } from './labelled-idx.ts'
import { openImported } from './library/data-set-library.ts'

/** A data set as a person asks for it: counts may be left out. */
export type DataRequest =
  | {
      readonly kind: 'digits'
      readonly trainCount?: number | undefined
      readonly testCount?: number | undefined
    }
  | {
      readonly kind: 'idx'
      readonly images: string
      readonly labels: string
      readonly testImages?: string | undefined
      readonly testLabels?: string | undefined
      readonly trainCount?: number | undefined
      readonly testCount?: number | undefined
    }
  /** One of the library: all of it. */
  | { readonly kind: 'imported'; readonly id: string }

/** @throws bad-file, invalid-input */
export async function openDataSet(request: DataRequest): Promise<DataSet> {
  switch (request.kind) {
    case 'digits': {
      const { trainCount = digitsDefault.train, testCount = digitsDefault.test } = request
      return loadDigits(trainCount, testCount)
    }
    case 'idx':
      return loadIdxDataSet(request, { train: request.trainCount, test: request.testCount }, digitsDefault)
    case 'imported':
      return openImported(request.id)
    default:
      return request satisfies never
  }
}

/** The data set of a run, as it was then. @throws bad-file when its files are gone or have changed since */
export async function reopenDataSet(
  source: DataSource,
  expected: string,
  corrections: readonly Correction[] = [],
  heldOut?: HeldOutShare,
): Promise<DataSet> {
  const corrected = correctDataSet(await openDataSet(source), corrections)
  const data = heldOut === undefined ? corrected : holdOut(corrected, heldOut)
  if (fingerprint(data) !== expected) {
    const where = {
      digits: 'The bundled digits',
      idx: source.kind === 'idx' ? source.images : '',
      imported: data.name,
    }[source.kind]
    throw badFile(where, 'the images are no longer those that this run was trained on.')
  }
  return data
}
