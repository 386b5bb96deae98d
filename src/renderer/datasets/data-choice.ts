import { type DataChoice, type DigitsChoice, digitsChoiceSchema } from '../../shared/contract.ts'

/** The recipe's: the first 5,000 digits to train on, the first 5,000 of the others to test with. */
export const defaultChoice: DigitsChoice = { kind: 'digits', trainCount: 5000, testCount: 5000 }

export function sameChoice(a: DataChoice | null, b: DataChoice | null): boolean {
  if (a === null || b === null) return a === b
  if (a.kind === 'imported') return b.kind === 'imported' && a.id === b.id
  return b.kind === 'digits' && a.trainCount === b.trainCount && a.testCount === b.testCount
}

/** So many digits as the form says; the recipe's while that is no number. */
export function digitsOf(texts: { readonly trainCount: string; readonly testCount: string }): DigitsChoice {
  const asked = digitsChoiceSchema.safeParse({
    trainCount: Number(texts.trainCount),
    testCount: Number(texts.testCount),
  })
  return asked.success ? asked.data : defaultChoice
}
