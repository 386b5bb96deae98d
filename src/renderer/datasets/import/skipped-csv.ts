import { stringify } from 'csv-stringify/browser/esm/sync'

/** What was left out and why, a row each. */
export function skippedCsv(skipped: readonly { readonly name: string; readonly reason: string }[]): Blob {
  const rows = skipped.map(({ name, reason }) => [name, reason])
  // A name that a spreadsheet would compute stays a name.
  return new Blob([stringify([['name', 'reason'], ...rows], { escape_formulas: true })], { type: 'text/csv' })
}
