import { digitsChoiceSchema } from '../../shared/contract.ts'
import type { Group, HyperparameterField } from '../../shared/hyperparameters/field.ts'
import { fieldList, type HyperparameterName, hyperparametersSchema } from '../../shared/hyperparameters.ts'

export type FieldName = HyperparameterName | 'trainCount' | 'testCount'

/** How one field is shown; made from the shared description, which the command line uses too. */
export interface FormField {
  readonly name: FieldName
  readonly label: string
  readonly help: string
  readonly unit: string | undefined
  readonly group: Group | 'data'
  readonly kind: HyperparameterField['kind']
  /** What can be chosen; none where it is typed. */
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** Which keyboard a phone shows. */
  readonly inputMode: 'numeric' | 'decimal' | 'text'
}

function inputMode(field: HyperparameterField): FormField['inputMode'] {
  if (field.kind !== 'number') return 'text'
  return field.integer ? 'numeric' : 'decimal'
}

function fromShared(name: HyperparameterName, field: HyperparameterField): FormField {
  const { label, help, unit, group, kind } = field
  const options = field.kind === 'choice' ? field.options : []
  return { name, label, help, unit, group, kind, options, inputMode: inputMode(field) }
}

const countField = (name: 'trainCount' | 'testCount', label: string, help: string): FormField => ({
  name,
  label,
  help,
  unit: undefined,
  group: 'data',
  kind: 'number',
  options: [],
  inputMode: 'numeric',
})

/** In the order in which they are shown. */
export const formFields: readonly FormField[] = [
  ...fieldList.map(([name, field]) => fromShared(name, field)),
  countField(
    'trainCount',
    'Training images',
    'The first so many digits of the training file: 60,000 at most.',
  ),
  countField('testCount', 'Test images', 'The first so many digits of the test file: 10,000 at most.'),
]

const kinds = new Map(formFields.map(({ name, kind }) => [name, kind]))

const countErrors = {
  trainCount: 'Training images must be a whole number from 1 up to 60000.',
  testCount: 'Test images must be a whole number from 1 up to 10000.',
}

/** Numbers as people write them: no 0x10, and an empty field is no number, where Number('') would be 0. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** What a person typed as the value that is checked. */
function parse(name: FieldName, text: string): unknown {
  const number = (part: string) => (decimal.test(part.trim()) ? Number(part) : Number.NaN)
  switch (kinds.get(name)) {
    case 'numbers':
      return text.split(',').map(number)
    case 'choice':
      return text
    case 'switch':
      return text === 'true'
    default:
      return number(text)
  }
}

/** One field's value, or a sentence on what is wrong with it. */
export function checkField(name: FieldName, text: string): { value: unknown } | { error: string } {
  const count = name === 'trainCount' || name === 'testCount'
  const schema = count ? digitsChoiceSchema.shape[name] : hyperparametersSchema.shape[name]
  const parsed = schema.safeParse(parse(name, text))
  if (parsed.success) return { value: parsed.data }
  return {
    error: count ? countErrors[name] : (parsed.error.issues[0]?.message ?? 'This value cannot be used.'),
  }
}

/** A value as one would type it. */
export const fieldText = (value: string | number | boolean | readonly number[]): string =>
  typeof value === 'object' ? value.join(', ') : String(value)
