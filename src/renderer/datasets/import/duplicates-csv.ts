import { stringify } from 'csv-stringify/browser/esm/sync'

/** Pairs that are nearly the same picture, a row each. */
export function duplicatesCsv(pairs: readonly { readonly train: string; readonly test: string }[]): Blob {
  const rows = pairs.map(({ test, train }) => [test, train])
  // A name that a spreadsheet would compute stays a name.
  return new Blob([stringify([['test', 'train'], ...rows], { escape_formulas: true })], { type: 'text/csv' })
}
