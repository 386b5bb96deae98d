import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js'
import type { LossLine } from '../../shared/contract.ts'
import type { ChartColours } from '../training/chart-canvas.ts'
import { lossScales } from '../training/chart-scales.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale)

/** Beside its colour each run has a dash of its own, in CSS px. */
export const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [14, 5]]

/** Losses of several runs in one picture: each the smoothed line over the range of what it smooths. */
export class CompareChart {
  readonly #chart: Chart<'line', { x: number; y: number }[]>

  constructor(canvas: HTMLCanvasElement) {
    this.#chart = new Chart<'line', { x: number; y: number }[]>(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        events: [],
        layout: { padding: { top: 4, right: 12 } },
      },
    })
  }

  draw(
    lines: readonly LossLine[],
    lineColours: readonly string[],
    logarithmic: boolean,
    colours: ChartColours,
  ): void {
    const points = (line: LossLine, values: Float32Array) =>
      Array.from(values, (y, i) => ({ x: line.iterations[i] ?? 0, y }))
    const common = { pointRadius: 0, pointHitRadius: 0, fill: false }
    this.#chart.data.datasets = [
      ...lines.map((line, i) => ({
        ...common,
        data: points(line, line.smooth),
        borderColor: lineColours[i] ?? colours.smooth,
        borderDash: [...(dashes[i] ?? [])],
        borderWidth: 2,
      })),
      ...lines.flatMap((line, i) =>
        [line.low, line.high].map(values => ({
          ...common,
          data: points(line, values),
          borderColor: `${lineColours[i] ?? colours.smooth}40`,
          borderWidth: 1,
        })),
      ),
    ]
    this.#chart.options.scales = lossScales(colours, logarithmic, { min: 1 })
    this.#chart.update('none')
  }

  destroy(): void {
    this.#chart.destroy()
  }
}
