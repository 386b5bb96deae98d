import type { EvaluationSeries } from '../../shared/contract.ts'
import type { Hyperparameters } from '../../shared/hyperparameters.ts'
import { learningRateAt } from '../../shared/learning-rate.ts'
import type { View } from './chart-view.ts'
import type { ChartPoint } from './loss-curve.ts'

/** More would not be told apart. */
const mostPoints = 600

/** Evaluations, the best of them and the learning rate, as they are drawn beside the losses: x is the iteration. */
export interface ChartLines {
  /** y is a share, from 0 to 1. */
  readonly quality: readonly ChartPoint[]
  /** Iteration of the one whose network the training ends with; null where it ends with the last one. */
  readonly best: number | null
  /** Of every iteration, past and to come; empty where it is always the same. */
  readonly rate: readonly ChartPoint[]
}

export const noLines: ChartLines = { quality: [], best: null, rate: [] }

/** The evaluations in a view, and one more on either side so that the line runs on to the edge. */
export function qualityLine(
  { iterations, accuracy }: EvaluationSeries,
  { from, to }: View,
  best: number | null,
): ChartPoint[] {
  const after = iterations.findIndex(iteration => iteration >= from)
  if (after < 0) return pointsOf(iterations, accuracy, iterations.length - 1, iterations.length)
  const beyond = iterations.findIndex(iteration => iteration > to)
  const first = Math.max(0, after - 1)
  const last = beyond < 0 ? iterations.length : beyond + 1
  const all = pointsOf(iterations, accuracy, first, last)
  const stride = Math.ceil(all.length / mostPoints)
  return all.filter(({ x }, i) => i % stride === 0 || i === all.length - 1 || x === best)
}

const pointsOf = (
  iterations: Int32Array,
  accuracy: Float64Array,
  first: number,
  last: number,
): ChartPoint[] =>
  Array.from(iterations.subarray(Math.max(0, first), last), (x, i) => ({
    x,
    y: accuracy[Math.max(0, first) + i] as number,
  }))

/** The round ten per cent below all of some shares, and never more than 90: where they differ is then to be seen. */
export function lowestTenth(shares: Iterable<number>): number {
  let lowest = 1
  for (const share of shares) lowest = Math.min(lowest, share)
  return Math.min(0.9, Math.floor(10 * lowest) / 10)
}

/** Whether the learning rate changes on the way. */
export const rateChanges = ({ schedule, warmup }: Pick<Hyperparameters, 'schedule' | 'warmup'>): boolean =>
  schedule !== 'constant' || warmup > 0

/** The learning rate over a view; empty where it is always the same. */
export function rateLine(hyperparameters: Hyperparameters, { from, to }: View): ChartPoint[] {
  if (!rateChanges(hyperparameters)) return []
  const first = Math.max(1, Math.floor(from))
  const last = Math.min(hyperparameters.iterations, Math.ceil(to))
  const count = Math.max(0, Math.min(mostPoints, last - first + 1))
  return Array.from({ length: count }, (_, i) => {
    const x = count === 1 ? first : first + Math.round((i * (last - first)) / (count - 1))
    return { x, y: learningRateAt(x, hyperparameters) }
  })
}

/** The newest evaluation at or before an iteration; undefined before the first. */
export function evaluationAt(
  { iterations, accuracy }: EvaluationSeries,
  iteration: number,
): { iteration: number; accuracy: number } | undefined {
  const at = iterations.findLastIndex(one => one <= iteration)
  return at < 0 ? undefined : { iteration: iterations[at] as number, accuracy: accuracy[at] as number }
}
