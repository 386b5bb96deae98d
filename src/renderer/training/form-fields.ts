import { dataChoiceSchema } from '../../shared/contract.ts'
import {
  fields,
  type HyperparameterField,
  type Hyperparameters,
  hiddenSizesField,
  hyperparametersSchema,
} from '../../shared/hyperparameters.ts'

export type FieldName = keyof Hyperparameters | 'trainCount' | 'testCount'

/** How one field is shown; made from the shared description, which the command line uses too. */
export interface FormField {
  readonly name: FieldName
  readonly label: string
  readonly help: string
  readonly unit: string | undefined
  readonly front: boolean
  /** Which keyboard a phone shows. */
  readonly inputMode: 'numeric' | 'decimal' | 'text'
}

function fromShared(name: keyof typeof fields): FormField {
  const { label, help, unit, front, integer }: HyperparameterField = fields[name]
  return { name, label, help, unit, front, inputMode: integer ? 'numeric' : 'decimal' }
}

const countField = (name: 'trainCount' | 'testCount', label: string, help: string): FormField => ({
  name,
  label,
  help,
  unit: undefined,
  front: false,
  inputMode: 'numeric',
})

const { label, help, unit } = hiddenSizesField
const hiddenSizes: FormField = { name: 'hiddenSizes', label, help, unit, front: false, inputMode: 'text' }

/** In the order in which they are shown. */
export const formFields: readonly FormField[] = [
  ...(Object.keys(fields) as (keyof typeof fields)[]).flatMap(name =>
    name === 'embeddingSize' ? [hiddenSizes, fromShared(name)] : [fromShared(name)],
  ),
  countField(
    'trainCount',
    'Training images',
    'The first so many digits of the training file: 60,000 at most.',
  ),
  countField('testCount', 'Test images', 'The first so many digits of the test file: 10,000 at most.'),
]

const countErrors = {
  trainCount: 'Training images must be a whole number from 1 up to 60000.',
  testCount: 'Test images must be a whole number from 1 up to 10000.',
}

/** Numbers as people write them: no 0x10, and an empty field is no number, where Number('') would be 0. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** What a person typed as the value that is checked. */
function parse(name: FieldName, text: string): unknown {
  const number = (part: string) => (decimal.test(part.trim()) ? Number(part) : Number.NaN)
  return name === 'hiddenSizes' ? text.split(',').map(number) : number(text)
}

/** One field's value, or a sentence on what is wrong with it. */
export function checkField(name: FieldName, text: string): { value: unknown } | { error: string } {
  const count = name === 'trainCount' || name === 'testCount'
  const schema = count ? dataChoiceSchema.shape[name] : hyperparametersSchema.shape[name]
  const parsed = schema.safeParse(parse(name, text))
  if (parsed.success) return { value: parsed.data }
  return {
    error: count ? countErrors[name] : (parsed.error.issues[0]?.message ?? 'This value cannot be used.'),
  }
}

/** A value as one would type it. */
export const fieldText = (value: number | readonly number[]): string =>
  typeof value === 'number' ? String(value) : value.join(', ')
