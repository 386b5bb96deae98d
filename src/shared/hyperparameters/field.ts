import { z } from 'zod'

/** Where the form shows a field: at once, or with its kind behind "More". */
export const groups = {
  front: '',
  network: 'Network',
  objective: 'Objective',
  augmentation: 'Augmentation',
  schedule: 'Schedule',
  adam: 'Adam',
  evaluation: 'Evaluation',
  run: 'Run',
} as const
export type Group = keyof typeof groups

/** How one hyperparameter is shown and explained, whatever its kind. */
interface Described {
  readonly label: string
  readonly help: string
  readonly group: Group
  readonly unit?: string
  /** Fields and the values that they must have for this one to count; it counts always if left out. */
  readonly when?: Readonly<Record<string, readonly (string | boolean)[]>>
}

interface Bounds {
  readonly min: number
  readonly max: number
  /** Whole numbers only. */
  readonly integer: boolean
  /** `min` itself is refused: the value must be above it. */
  readonly aboveMin?: boolean
}

export interface NumberField extends Described, Bounds {
  readonly kind: 'number'
  readonly default: number
}

/** Several numbers, separated by commas where a person types them. */
export interface NumbersField extends Described, Bounds {
  readonly kind: 'numbers'
  readonly maxCount: number
  readonly default: readonly number[]
}

export interface ChoiceField extends Described {
  readonly kind: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly default: string
}

export interface SwitchField extends Described {
  readonly kind: 'switch'
  readonly default: boolean
}

export type HyperparameterField = NumberField | NumbersField | ChoiceField | SwitchField

/** What a field's value is. */
export type ValueOf<F extends HyperparameterField> = F extends NumberField
  ? number
  : F extends NumbersField
    ? number[]
    : F extends ChoiceField
      ? F['options'][number]['value']
      : boolean

function bounded({ min, max, integer, aboveMin }: Bounds, error: string): z.ZodNumber {
  const number = z.number({ error }).max(max, { error })
  const from = aboveMin === true ? number.gt(min, { error }) : number.min(min, { error })
  return integer ? from.int({ error }) : from
}

function rangeOf({ min, max, aboveMin }: Bounds): string {
  return `${aboveMin === true ? `above ${min}` : `from ${min}`} up to ${max}`
}

/** Checks a value; a wrong one gives one sentence that names the field and its limits. */
export function schemaOf(field: HyperparameterField): z.ZodType {
  const { label } = field
  switch (field.kind) {
    case 'number': {
      const what = field.unit === undefined ? '' : ` of ${field.unit}`
      const kind = field.integer ? 'a whole number' : 'a number'
      return bounded(field, `${label} must be ${kind}${what} ${rangeOf(field)}.`)
    }
    case 'numbers': {
      const kind = field.integer ? 'whole numbers' : 'numbers'
      const error = `${label} must be 1 to ${field.maxCount} ${kind} ${rangeOf(field)}.`
      const item = bounded(field, error)
      return z.array(item, { error }).min(1, { error }).max(field.maxCount, { error })
    }
    case 'choice': {
      const values = field.options.map(({ value }) => value)
      return z.enum(values, { error: `${label} must be one of ${values.join(', ')}.` })
    }
    case 'switch':
      return z.boolean({ error: `${label} must be yes or no.` })
  }
}
