import type { SweepResult, SweepRow, SweepRun } from '../../../shared/contract/sweeps.ts'

/** What is measured of each run, by name. */
export const measures = ['knnAccuracy', 'precisionAt9', 'auc', 'eer'] as const
export type Measure = (typeof measures)[number]

type Spread = SweepRow['measures'][Measure]

/** A row for every combination in the plan, the best 5-NN accuracy first; those without one last, in the plan's order. */
export function sweepTable(runs: readonly SweepRun[], results: readonly SweepResult[]): SweepRow[] {
  const byRun = new Map(results.map(result => [result.run, result]))
  const combinations = Map.groupBy(runs, ({ values }) => JSON.stringify(values))
  const rows = [...combinations.values()].map((members): SweepRow => {
    const found = members.flatMap(({ run }) => byRun.get(run) ?? [])
    const spread = (measure: Measure) => spreadOf(found.flatMap(({ quality }) => quality?.[measure] ?? []))
    return {
      values: members[0]?.values ?? {},
      runs: members.map(({ run }) => run),
      done: found.filter(({ quality }) => quality !== null).length,
      failed: found.filter(({ quality }) => quality === null).length,
      measures: {
        knnAccuracy: spread('knnAccuracy'),
        precisionAt9: spread('precisionAt9'),
        auc: spread('auc'),
        eer: spread('eer'),
      },
    }
  })
  return rows.toSorted((a, b) => keyOf(b) - keyOf(a))
}

const keyOf = ({ measures: { knnAccuracy } }: SweepRow): number => knnAccuracy?.mean ?? -1

function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)) }
}
