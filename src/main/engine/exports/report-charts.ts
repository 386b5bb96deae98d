import type { RunEvaluation } from '../runs/run-evaluations.ts'
import { escapeHtml, percent } from './report-html.ts'

const [width, height] = [920, 260]
const [left, right, top, bottom] = [56, 12, 12, 40]

export interface Line {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
}

interface Chart {
  readonly line: Line
  /** Of the upright axis, which begins at 0. */
  readonly most: number
  readonly iterations: number
  /** A value of the upright axis, for a person. */
  readonly say: (value: number) => string
  /** What there is to see, for who does not see it. */
  readonly label: string
}

/** One line over the iterations, as SVG. */
export function lineChart({ line, most, iterations, say, label }: Chart): string {
  const x = (iteration: number): string =>
    (left + (iteration / Math.max(1, iterations)) * (width - left - right)).toFixed(1)
  const y = (value: number): string =>
    (height - bottom - (value / (most || 1)) * (height - top - bottom)).toFixed(1)
  const levels = ticks(most, 4).map(
    value =>
      `<path class="grid" d="M${left} ${y(value)}H${width - right}"/><text class="scale end" x="${left - 8}" y="${y(value)}" dy="4">${say(value)}</text>`,
  )
  const times = ticks(iterations, 6)
    .filter(Number.isInteger)
    .map(
      at =>
        `<text class="scale middle" x="${x(at)}" y="${height - bottom + 18}">${at.toLocaleString('en')}</text>`,
    )
  const points = line.xs.map((at, i) => `${x(at)},${y(line.ys[i] as number)}`)
  // A single point would be a line of no length.
  const marks = points.length > 60 ? [] : points.map(at => circle(at))
  const axis = `<text class="scale end" x="${width - right}" y="${height - 6}">iteration</text>`
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">${levels.join('')}${times.join('')}${axis}<polyline class="line" points="${points.join(' ')}"/>${marks.join('')}</svg>`
}

function circle(at: string): string {
  const [x, y] = at.split(',')
  return `<circle class="mark" cx="${x}" cy="${y}" r="3"/>`
}

/** Round numbers from 0 to `most`, about so many steps: 1, 2 or 5 times a power of ten apart. */
export function ticks(most: number, steps: number): number[] {
  if (!(most > 0)) return [0]
  const power = 10 ** Math.floor(Math.log10(most / steps))
  const step = [1, 2, 5, 10].map(times => times * power).find(size => size * steps >= most) as number
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) =>
    Number((i * step).toPrecision(12)),
  )
}

const mostLosses = 1000

/** Loss by iteration; of long trainings the mean of so many neighbours. */
export function lossChart(losses: Float32Array): string {
  if (losses.length === 0) return '<p>No iteration was done.</p>'
  const each = Math.ceil(losses.length / mostLosses)
  const ys = Array.from({ length: Math.ceil(losses.length / each) }, (_, i) => {
    const some = losses.subarray(i * each, (i + 1) * each)
    return some.reduce((sum, loss) => sum + loss, 0) / some.length
  })
  const xs = ys.map((_, i) => Math.min(losses.length, i * each + (each + 1) / 2))
  const most = ys.reduce((largest, loss) => Math.max(largest, loss), 0)
  const chart = lineChart({
    ...{ line: { xs, ys }, most, iterations: losses.length },
    say: value => `${value}`,
    label: `Loss from ${ys[0]?.toPrecision(3)} to ${ys.at(-1)?.toPrecision(3)}`,
  })
  return each === 1 ? chart : `${chart}<p>Each point is the mean of ${each} iterations.</p>`
}

/** 5-NN accuracy as it was measured on the way, from none to all. */
export function qualityChart(evaluations: readonly RunEvaluation[], iterations: number): string {
  const shares = evaluations.map(({ accuracy }) => accuracy)
  return lineChart({
    ...{ line: { xs: evaluations.map(({ iteration }) => iteration), ys: shares }, most: 1, iterations },
    say: share => `${Math.round(100 * share)} %`,
    label: `5-NN accuracy from ${percent(shares[0] ?? 0)} to ${percent(shares.at(-1) ?? 0)}`,
  })
}
