import type { EvaluationSeries } from '../../shared/contract.ts'
import { formatCount, formatShare } from '../ui/format.ts'

/** How good one run was on its way, and how its line looks. */
export interface QualityCurve {
  readonly name: string
  readonly series: EvaluationSeries
  readonly colour: string
  readonly dash: readonly number[]
  /** Of the evaluation whose network the run has. */
  readonly best: number | null
}

/** Evaluations of all of them by iteration; a dash where a run was not measured then. */
export function qualityRows(
  curves: readonly Pick<QualityCurve, 'series' | 'best'>[],
  most: number,
): string[][] {
  const all = new Set(curves.flatMap(({ series }) => [...series.iterations]))
  const iterations = [...all].toSorted((a, b) => a - b)
  const accuracies = curves.map(({ series }) => {
    const { iterations: own, accuracy } = series
    return new Map(Array.from(own, (iteration, i) => [iteration, accuracy[i] as number]))
  })
  return iterations.slice(-most).map(iteration => [
    formatCount(iteration),
    ...curves.map(({ best }, i) => {
      const share = formatShare(accuracies[i]?.get(iteration) ?? null)
      return iteration === best ? `${share}, the best` : share
    }),
  ])
}
