import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { invalidInput } from '../../../shared/errors.ts'
import type { HyperparameterField } from '../../../shared/hyperparameters/field.ts'
import { presetNames } from '../../../shared/hyperparameters/presets.ts'
import {
  defaults,
  fieldList,
  type Hyperparameters,
  hyperparametersSchema,
} from '../../../shared/hyperparameters.ts'
import { digitsAvailable, digitsDefault } from '../../engine/data/digits.ts'
import type { DataRequest } from '../../engine/data/open-data-set.ts'
import { backendNames } from '../../engine/tensorflow/backend-names.ts'

/** A number as typed; what is out of range is told by the hyperparameters' own schema. */
export function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(value)) throw new InvalidArgumentError(`"${text}" is not a number.`)
  return value
}

export function wholeNumber(text: string): number {
  const value = number(text)
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError(`"${text}" is not a whole number.`)
  return value
}

export const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** A field's flags: one that takes a value, or two for a switch. */
function flagsOf(name: string, field: HyperparameterField): Option[] {
  const flag = `--${kebab(name)}`
  switch (field.kind) {
    case 'number':
      return [new Option(`${flag} <number>`, field.help).argParser(number).default(field.default)]
    case 'numbers':
      return [
        new Option(`${flag} <${field.unit ?? 'numbers'},...>`, field.help)
          .argParser(text => text.split(',').map(number))
          .default([...field.default], field.default.join(',')),
      ]
    case 'choice': {
      const values = field.options.map(({ value }) => value)
      return [new Option(`${flag} <name>`, field.help).choices(values).default(field.default)]
    }
    case 'switch':
      return [
        new Option(flag, field.help).default(field.default),
        new Option(`--no-${kebab(name)}`, `leave out: ${field.label.toLowerCase()}`),
      ]
  }
}

/** Flags for every hyperparameter, with its help, limits and the recipe's default. */
export function addHyperparameterOptions(command: Command): Command {
  for (const [name, field] of fieldList) {
    for (const option of flagsOf(name, field)) command.addOption(option)
  }
  return command
}

/** Where the flags start from. */
export const presetOption = (): Option =>
  new Option('--preset <name>', 'settings to start from; other flags change them')
    .choices(presetNames)
    .default('recipe')
    .conflicts(['from', 'resume'])

/**
 * The hyperparameters that flags give, the others from `base`.
 * @throws invalid-input, one sentence for each wrong value
 */
export function parseHyperparameters(
  command: Command,
  base: Partial<Hyperparameters> = defaults,
): Hyperparameters {
  const options: Readonly<Record<string, unknown>> = command.opts()
  const given = fieldList.flatMap(([name]) =>
    command.getOptionValueSource(name) === 'cli' ? [[name, options[name]]] : [],
  )
  const parsed = hyperparametersSchema.safeParse({ ...base, ...Object.fromEntries(given) })
  if (parsed.success) return parsed.data
  throw invalidInput([...new Set(parsed.error.issues.map(issue => issue.message))].join('\n'))
}

export interface DataOptions {
  readonly data: string
  readonly labels?: string
  readonly testData?: string
  readonly testLabels?: string
  readonly trainCount?: number
  readonly testCount?: number
}

export function addDataOptions(command: Command): Command {
  const { train, test } = digitsAvailable
  return command
    .option('--data <digits|FILE>', 'the bundled digits, or an IDX file of images (plain or gzip)', 'digits')
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

/** @throws invalid-input: files that do not go together */
export function parseDataOptions(options: DataOptions): DataRequest {
  const { data, labels, testData, testLabels, trainCount, testCount } = options
  if (data === 'digits') {
    if (labels !== undefined || testData !== undefined || testLabels !== undefined) {
      throw invalidInput(
        'The bundled digits bring their own labels: leave out --labels, --test-data and --test-labels.',
      )
    }
    return { kind: 'digits', trainCount, testCount }
  }
  if (labels === undefined) throw invalidInput(`${data} needs its labels: name their file with --labels.`)
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

export const backendOption = (): Option =>
  new Option('--backend <name>', 'compute on this one and no other').choices(backendNames)

/** Has to be parsed before TensorFlow is loaded, which reads it once. */
export const threadsOption = (): Option =>
  new Option('--threads <count>', 'processor cores to compute on (all)').argParser(value => {
    const threads = Number(value)
    if (!Number.isInteger(threads) || threads < 1) {
      throw new InvalidArgumentError('It must be a whole number from 1.')
    }
    process.env['TWINLENS_THREADS'] = value
    return threads
  })
