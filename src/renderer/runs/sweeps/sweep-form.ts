import type { SweepAxis, SweepRequest, SweepValue } from '../../../shared/contract/sweeps.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import { fieldList, type HyperparameterName, type Hyperparameters } from '../../../shared/hyperparameters.ts'
import { fieldOf, parseValue } from '../../../shared/sweep-values.ts'
import { fieldText } from '../../training/form-fields.ts'

/** One hyperparameter that varies, as it stands in the form. */
export interface AxisDraft {
  name: HyperparameterName
  /** Values one by one, or from one end to the other, evenly or by orders of magnitude. */
  by: 'list' | 'linear' | 'log'
  /** Values one by one, as typed; of a choice or a switch those that are ticked. */
  list: string
  ticked: string[]
  from: string
  to: string
  steps: string
}

/** A sweep as it stands in the form. */
export interface SweepDraft {
  axes: AxisDraft[]
  choice: 'grid' | 'random'
  count: string
  randomSeed: string
  seeds: string
  /** Percent of the training images. */
  validation: string
  name: string
}

/** All but the seed, which has a field of its own. */
export const variable = fieldList.filter(([name]) => name !== 'seed')

/** What a choice or a switch may be, as it is written and as it is called; none where it is typed. */
export function optionsOf(name: HyperparameterName): readonly { value: string; label: string }[] {
  const field = fieldOf(name)
  if (field.kind === 'choice') return field.options
  if (field.kind !== 'switch') return []
  return [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ]
}

/** Begins with the value that holds now: others are added to it. */
export function newAxis(name: HyperparameterName, base: Hyperparameters): AxisDraft {
  const value: SweepValue = base[name]
  const text = Array.isArray(value) ? value.join('x') : fieldText(value)
  const ticked = optionsOf(name).map(option => option.value)
  return { name, by: 'list', list: text, ticked, from: text, to: text, steps: '5' }
}

export const newDraft = (base: Hyperparameters): SweepDraft => ({
  axes: [newAxis('margin', base)],
  choice: 'grid',
  count: '20',
  randomSeed: '1',
  seeds: '1',
  validation: '20',
  name: '',
})

/** What the form asks for, or a sentence on what is wrong with it. */
export function requestOf(draft: SweepDraft, base: Hyperparameters): SweepRequest | string {
  try {
    const { axes, choice, seeds } = draft
    const validation = numberOf(draft.validation, 'The share held out')
    if (validation < 0 || validation > 90) return 'The share held out must be from 0 to 90 %.'
    return {
      base,
      axes: axes.map(axis => axisOf(axis, choice)),
      choice:
        choice === 'grid'
          ? { kind: 'grid' }
          : {
              kind: 'random',
              count: wholeOf(draft.count, 'How many are drawn', 1),
              seed: wholeOf(draft.randomSeed, "The draw's seed", 0),
            },
      seeds: parts(seeds, 'Seeds').map(seed => wholeOf(seed, 'A seed', 0)),
      validation: validation / 100,
    }
  } catch (error) {
    if (error instanceof TwinlensError || error instanceof Wrong) return error.message
    throw error
  }
}

/** A field of the form that cannot be read. */
class Wrong extends Error {}

function axisOf(
  { name, by, list, ticked, from, to, steps }: AxisDraft,
  choice: 'grid' | 'random',
): SweepAxis {
  const { label } = fieldOf(name)
  if (optionsOf(name).length > 0) {
    if (ticked.length === 0) throw new Wrong(`${label}: tick at least one.`)
    return { kind: 'list', name, values: ticked.map(value => parseValue(name, value)) }
  }
  if (by === 'list')
    return { kind: 'list', name, values: parts(list, label).map(value => parseValue(name, value)) }
  return {
    kind: 'range',
    name,
    from: numberOf(from, `${label}, from`),
    to: numberOf(to, `${label}, to`),
    scale: by,
    ...(choice === 'grid' ? { steps: wholeOf(steps, `${label}, how many values`, 2) } : {}),
  }
}

function parts(text: string, what: string): string[] {
  const all = text.split(',').map(part => part.trim())
  if (all.some(part => part === '')) throw new Wrong(`${what}: write values with commas between them.`)
  return all
}

function numberOf(text: string, what: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) throw new Wrong(`${what} must be a number.`)
  return value
}

function wholeOf(text: string, what: string, least: number): number {
  const value = numberOf(text, what)
  if (!Number.isSafeInteger(value) || value < least)
    throw new Wrong(`${what} must be a whole number from ${least}.`)
  return value
}
