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
