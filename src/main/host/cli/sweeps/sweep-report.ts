import type { SweepRow } from '../../../../shared/contract/sweeps.ts'
import { valueText } from '../../../../shared/run-differences.ts'
import type { SweepPlan, SweepResults } from '../../../engine/sweeps/sweep-folder.ts'
import { type Measure, measures, sweepTable } from '../../../engine/sweeps/sweep-table.ts'
import { table } from '../report/table.ts'

const titles = { knnAccuracy: '5-NN accuracy', precisionAt9: 'precision@9', auc: 'AUC', eer: 'EER' } as const

const told = (spread: SweepRow['measures'][Measure], runs: number): string => {
  if (spread === null) return '–'
  return runs > 1 ? `${spread.mean.toFixed(4)} ± ${spread.deviation.toFixed(4)}` : spread.mean.toFixed(4)
}

/** Every combination with the mean and the spread over its seeds, the best first. */
export function sweepTableText({ runs }: SweepPlan, results: SweepResults): string {
  const rows = sweepTable(runs, results)
  const names = Object.keys(rows[0]?.values ?? {})
  return table(
    [...names, ...measures.map(measure => titles[measure]), 'runs'],
    rows.map(row => [
      ...names.map(name => valueText(row.values[name])),
      ...measures.map(measure => told(row.measures[measure], row.runs.length)),
      `${row.done} of ${row.runs.length}${row.failed > 0 ? `, ${row.failed} failed` : ''}`,
    ]),
  )
}
