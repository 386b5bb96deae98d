import type { SweepValue } from './contract/sweeps.ts'
import { invalidInput } from './errors.ts'
import { type HyperparameterField, schemaOf } from './hyperparameters/field.ts'
import { fieldList } from './hyperparameters.ts'

/** A hyperparameter by its name. @throws invalid-input: there is none */
export function fieldOf(name: string): HyperparameterField {
  const found = fieldList.find(([known]) => known === name)?.[1]
  if (found === undefined) throw invalidInput(`There is no hyperparameter "${name}".`)
  return found
}

/** A value as typed, of the kind that the hyperparameter has: 0.3, yes, cosine, 256x128. @throws invalid-input */
export function parseValue(name: string, text: string): SweepValue {
  const field = fieldOf(name)
  const parsed = schemaOf(field).safeParse(typed(field, text))
  if (parsed.success) return parsed.data as SweepValue
  throw invalidInput(`"${text}": ${parsed.error.issues[0]?.message ?? `${field.label} cannot be this.`}`)
}

function typed(field: HyperparameterField, text: string): unknown {
  const number = (part: string): number => (part.trim() === '' ? Number.NaN : Number(part))
  switch (field.kind) {
    case 'number':
      return number(text)
    case 'numbers':
      return text.split('x').map(number)
    case 'choice':
      return text
    case 'switch':
      return /^(yes|true|on)$/i.test(text) || (/^(no|false|off)$/i.test(text) ? false : text)
  }
}
