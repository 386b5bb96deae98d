import type { SweepRow, SweepValue } from '../../../shared/contract.ts'
import { valueText } from '../../../shared/run-differences.ts'
import { formatShare } from '../../ui/format.ts'

/** One upright axis of a plot in which every combination is a line. */
export interface ParallelAxis {
  readonly name: string
  readonly title: string
  /** Marks along it, from 0 at the bottom to 1 at the top. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
  /** Where each row's line crosses it; null where it has no value. */
  readonly places: readonly (number | null)[]
}

/** More values than this are marked by the two ends alone. */
const mostTicks = 8

/**
 * An axis for each hyperparameter, then one for the 5-NN accuracy. Numbers lie by size, or by their logarithm where the largest is
 * over twenty times the smallest; names lie evenly.
 * @param titleOf a hyperparameter's label
 */
export function parallelAxes(rows: readonly SweepRow[], titleOf: (name: string) => string): ParallelAxis[] {
  const names = Object.keys(rows[0]?.values ?? {})
  const accuracies = rows.map(({ measures }) => measures.knnAccuracy?.mean ?? null)
  return [
    ...names.map(name =>
      axisOf(
        name,
        titleOf(name),
        rows.map(({ values }) => values[name] ?? null),
      ),
    ),
    { ...numberAxis('knnAccuracy', '5-NN accuracy', accuracies, formatShare) },
  ]
}

function axisOf(name: string, title: string, values: readonly (SweepValue | null)[]): ParallelAxis {
  if (values.every(value => typeof value === 'number')) return numberAxis(name, title, values, String)
  const texts = values.map(valueText)
  const all = [...new Set(texts)]
  const at = (text: string) => (all.length === 1 ? 0.5 : all.indexOf(text) / (all.length - 1))
  return { name, title, ticks: all.map(text => ({ at: at(text), text })), places: texts.map(at) }
}

function numberAxis(
  name: string,
  title: string,
  values: readonly (number | null)[],
  textOf: (value: number) => string,
): ParallelAxis {
  const known = values.filter(value => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const logarithmic = low > 0 && high / low > 20
  const scale = (value: number) => (logarithmic ? Math.log(value) : value)
  const at = (value: number) =>
    high === low ? 0.5 : (scale(value) - scale(low)) / (scale(high) - scale(low))
  const all = [...new Set(known)].toSorted((a, b) => a - b)
  const marked = all.length <= mostTicks ? all : [low, high]
  return {
    name,
    title,
    ticks: known.length === 0 ? [] : marked.map(value => ({ at: at(value), text: textOf(value) })),
    places: values.map(value => (value === null ? null : at(value))),
  }
}

/** By axis name, the part of it that lines must cross; both from 0 to 1, the lower first. */
export type Brushes = Readonly<Record<string, readonly [number, number]>>

/** Whether each row's line crosses every brushed part. */
export function brushed(axes: readonly ParallelAxis[], brushes: Brushes): boolean[] {
  const count = axes[0]?.places.length ?? 0
  return Array.from({ length: count }, (_, row) =>
    axes.every(({ name, places }) => {
      const brush = brushes[name]
      if (brush === undefined) return true
      const place = places[row] ?? null
      return place !== null && place >= brush[0] - 1e-6 && place <= brush[1] + 1e-6
    }),
  )
}
