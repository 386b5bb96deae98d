import type { SweepReport } from './contract/sweeps.ts'
import { valueText } from './run-differences.ts'

/** RFC 4180: what holds a comma, a quote or a line's end is quoted. */
const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A line for every run of a sweep, done or not. */
export function sweepCsv({ runs, results }: Pick<SweepReport, 'runs' | 'results'>): string {
  const names = Object.keys(runs[0]?.values ?? {})
  const byRun = new Map(results.map(result => [result.run, result]))
  const head = [
    'run',
    ...names,
    'seed',
    'iterations',
    'seconds',
    'knnAccuracy',
    'precisionAt9',
    'auc',
    'eer',
    'fault',
  ]
  const lines = runs.map(({ run, values, seed }) => {
    const result = byRun.get(run)
    const { knnAccuracy, precisionAt9, auc, eer } = result?.quality ?? {}
    const figures = [
      result?.iterations,
      result?.seconds.toFixed(3),
      knnAccuracy,
      precisionAt9,
      auc,
      eer,
      result?.fault,
    ]
    return [run, ...names.map(name => valueText(values[name])), seed, ...figures.map(value => value ?? '')]
  })
  return [head, ...lines].map(line => `${line.map(value => cell(String(value))).join(',')}\n`).join('')
}
