import { resolve } from 'node:path'
import type { Command } from 'commander'
import { invalidInput } from '../../../../shared/errors.ts'
import type { DataSet } from '../../../engine/data/data-set.ts'
import { digitsAvailable, digitsDefault } from '../../../engine/data/digits.ts'
import { type DataRequest, openDataSet } from '../../../engine/data/open-data-set.ts'
import { wholeNumber } from '../options.ts'
import { importData } from './import-data.ts'
import { addImportOptions, type ImportFlags, importFlags } from './import-options.ts'

/** As they are typed. */
export interface DataOptions extends ImportFlags {
  readonly data: string
  readonly labels?: string
  readonly testData?: string
  readonly testLabels?: string
  readonly trainCount?: number
  readonly testCount?: number
}

/** Flags that choose images, by their options' names: whoever gives one wants others than an earlier training's. */
export const dataFlags = [
  'data',
  'labels',
  'testData',
  'testLabels',
  'trainCount',
  'testCount',
  ...importFlags,
] as const

export function addDataOptions(command: Command): Command {
  const { train, test } = digitsAvailable
  return addImportOptions(command)
    .option(
      '--data <digits|PATH>',
      'the bundled digits; a folder or file of your own (see twinlens data import --help); or an IDX file with --labels',
      'digits',
    )
    .option('--labels <FILE>', 'the IDX file of their labels')
    .option(
      '--test-data <FILE>',
      'an IDX file of test images; without it the images after the first --train-count',
    )
    .option('--test-labels <FILE>', 'the IDX file of their labels')
    .option(
      '--train-count <number>',
      `training images: the first so many (default ${digitsDefault.train}; the digits have ${train})`,
      wholeNumber,
    )
    .option(
      '--test-count <number>',
      `test images: the first so many (default ${digitsDefault.test}; the digits have ${test})`,
      wholeNumber,
    )
}

/**
 * The images that a command is to take; pictures of one's own are imported first, or taken from the library.
 * @throws invalid-input: files that do not go together; bad-file, disk-full, cancelled
 */
export async function openData(options: DataOptions): Promise<DataSet> {
  return openDataSet(await dataRequestOf(options))
}

export async function dataRequestOf(options: DataOptions): Promise<DataRequest> {
  const { data, labels, testData, testLabels, trainCount, testCount } = options
  const isImported = data !== 'digits' && labels === undefined
  if (!isImported && importFlags.some(flag => options[flag] !== undefined)) {
    throw invalidInput(
      'The digits and IDX files with --labels are taken as they are: --size and the like are for pictures of your own.',
    )
  }
  if (data === 'digits') {
    if (labels !== undefined || testData !== undefined || testLabels !== undefined) {
      throw invalidInput(
        'The bundled digits bring their own labels: leave out --labels, --test-data and --test-labels.',
      )
    }
    return { kind: 'digits', trainCount, testCount }
  }
  if (labels === undefined) {
    if (testData !== undefined || testLabels !== undefined) {
      throw invalidInput(`${data} needs its labels: name their file with --labels.`)
    }
    if (trainCount !== undefined || testCount !== undefined) {
      throw invalidInput('Pictures of your own are taken all: use --test-share in place of counts.')
    }
    return { kind: 'imported', id: (await importData([data], options)).id }
  }
  if ((testData === undefined) !== (testLabels === undefined)) {
    throw invalidInput('--test-data and --test-labels go together.')
  }
  return {
    kind: 'idx',
    images: resolve(data),
    labels: resolve(labels),
    testImages: testData === undefined ? undefined : resolve(testData),
    testLabels: testLabels === undefined ? undefined : resolve(testLabels),
    trainCount,
    testCount,
  }
}
