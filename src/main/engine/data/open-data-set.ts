import type { Correction } from '../../../shared/contract.ts'
import { badFile } from '../../../shared/errors.ts'
import { correctDataSet } from '../corrections/correct-data-set.ts'
import { type DataSet, type DataSource, fingerprint } from './data-set.ts'
import { digitsDefault, loadDigits } from './digits.ts'
import { type HeldOutShare, holdOut } from './hold-out.ts'
import { loadIdxDataSet } from './labelled-idx.ts'

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

/** @throws bad-file, invalid-input */
export async function openDataSet(request: DataRequest): Promise<DataSet> {
  const { trainCount: train, testCount: test } = request
  switch (request.kind) {
    case 'digits':
      return loadDigits(train ?? digitsDefault.train, test ?? digitsDefault.test)
    case 'idx':
      return loadIdxDataSet(request, { train, test }, digitsDefault)
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
    const where = source.kind === 'idx' ? source.images : 'The bundled digits'
    throw badFile(where, 'the images are no longer those that this run was trained on.')
  }
  return data
}
