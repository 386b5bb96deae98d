import type { DataChoice } from '../../shared/contract.ts'

/** The recipe's: the first 5,000 digits to train on, the first 5,000 of the others to test with. */
export const defaultChoice: DataChoice = { trainCount: 5000, testCount: 5000 }

export const sameChoice = (a: DataChoice | null, b: DataChoice | null): boolean =>
  a?.trainCount === b?.trainCount && a?.testCount === b?.testCount
