import { invalidInput } from '../../../shared/errors.ts'
import { type DataSet, fingerprint } from '../data/data-set.ts'
import type { RunConfig } from './run-config.ts'

/** Hashing 60,000 images takes a tenth of a second: once a data set. */
const fingerprints = new WeakMap<DataSet, string>()

/** Of all that a training sees. */
export function fingerprintOf(data: DataSet): string {
  const known = fingerprints.get(data) ?? data.missing?.fingerprint ?? fingerprint(data)
  fingerprints.set(data, known)
  return known
}

/**
 * Why a run's test points cannot be laid beside those of the open data set, for a person; null where they can. Its
 * images are the same if the whole data set is, by fingerprint; the bundled digits' test images are the same ones
 * for the same number of them, whatever the number of training images.
 */
export function whyNotComparable({ data: of }: Pick<RunConfig, 'data'>, data: DataSet): string | null {
  const theirs = of.source
  const ours = data.source
  const digits = theirs.kind === 'digits' && ours.kind === 'digits'
  if (theirs.testCount !== ours.testCount)
    return `It is of ${theirs.testCount.toLocaleString('en')} test images, and ${ours.testCount.toLocaleString('en')} are open.`
  if (digits || of.fingerprint === fingerprintOf(data)) return null
  return `It is of other images (${of.name}) than those that are open (${data.name}).`
}

/** @param labels of the run's test images, where they were read @throws invalid-input */
export function checkComparable(
  config: Pick<RunConfig, 'data'>,
  data: DataSet,
  labels: Uint16Array = data.test.labels,
): void {
  const why = whyNotComparable(config, data)
  if (why !== null) throw invalidInput(`This run cannot be compared: ${why}`)
  if (labels.some((label, i) => label !== data.test.labels[i]))
    throw invalidInput('This run cannot be compared: its test images are of other classes than those open.')
}
