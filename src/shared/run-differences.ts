import type { AboutRun, Difference } from './contract/run-library.ts'
import { fieldList } from './hyperparameters.ts'

/** What made runs, in the order in which it is listed, in words; how they came out is not among it. */
const parts: readonly (readonly [string, (run: AboutRun) => unknown])[] = [
  ...fieldList.map(
    ([name, { label }]) => [label, ({ hyperparameters }: AboutRun) => hyperparameters[name]] as const,
  ),
  ['Data set', ({ data }) => data.name],
  ['Training images', ({ data }) => data.trainCount],
  ['Test images', ({ data }) => data.testCount],
  ['Classes', ({ data }) => data.classes],
  ['Image size', ({ data }) => `${data.width} × ${data.height}`],
  ['Images', ({ data }) => data.fingerprint.slice(0, 8)],
  ['Corrections', ({ data }) => data.corrections],
  ['Weights from', ({ warmFrom }) => warmFrom],
  ['Iterations done', ({ iterations }) => iterations],
  ['Computed with', ({ backend }) => backend],
]

/** A value as one would type it. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === undefined || value === null ? '–' : String(value)
}

/** What is not the same for all of these runs. */
export function differencesOf(runs: readonly AboutRun[]): Difference[] {
  return parts
    .map(([what, told]) => ({ what, values: runs.map(run => valueText(told(run))) }))
    .filter(({ values }) => new Set(values).size > 1)
}
