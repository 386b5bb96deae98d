import {
  Chart,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
} from 'chart.js'
import type { ChartLines } from './chart-lines.ts'
import { lineScales, lossScales } from './chart-scales.ts'
import type { View } from './chart-view.ts'
import type { ChartPoint, LossSeries } from './loss-curve.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Filler)

export interface ChartColours {
  readonly raw: string
  readonly band: string
  readonly smooth: string
  readonly quality: string
  readonly rate: string
  readonly grid: string
  readonly text: string
  readonly background: string
  readonly font: string
}

export interface ChartState {
  readonly series: LossSeries
  readonly lines: ChartLines
  readonly view: View
  readonly logarithmic: boolean
  readonly colours: ChartColours
}

/** The one place that knows Chart.js. `draw` is called when something changed, and not otherwise. */
export class ChartCanvas {
  readonly #chart: Chart<'line', ChartPoint[]>

  constructor(canvas: HTMLCanvasElement) {
    this.#chart = new Chart<'line', ChartPoint[]>(canvas, {
      type: 'line',
      data: {
        datasets: [
          line(4),
          line(4, { fill: '-1' }),
          line(3),
          line(2),
          line(1, { yAxisID: 'yShare', pointStyle: 'rectRot' }),
          line(5, { yAxisID: 'yRate', borderDash: [2, 4] }),
        ],
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        events: [],
        scales: { x: { type: 'linear' }, y: { type: 'linear' } },
        layout: { padding: { top: 4, right: 12 } },
      },
    })
  }

  draw({ series, lines, view, logarithmic, colours }: ChartState): void {
    const chart = this.#chart
    const [low, high, raw, smooth, quality, rate] = chart.data.datasets
    Object.assign(low ?? {}, { data: series.low, borderWidth: 0 })
    Object.assign(high ?? {}, { data: series.high, borderWidth: 0, backgroundColor: colours.band })
    Object.assign(raw ?? {}, { data: series.raw, borderColor: colours.raw, borderWidth: 1 })
    Object.assign(smooth ?? {}, { data: series.smooth, borderColor: colours.smooth, borderWidth: 2 })
    Object.assign(quality ?? {}, {
      data: lines.quality,
      borderColor: colours.quality,
      backgroundColor: colours.quality,
      borderWidth: 2,
      borderDash: [8, 4],
      pointRadius: lines.quality.map(({ x }) => (x === lines.best ? 7 : lines.quality.length > 60 ? 0 : 3.5)),
    })
    Object.assign(rate ?? {}, { data: lines.rate, borderColor: colours.rate, borderWidth: 1.5 })
    const x = { min: view.from, max: view.to, ticks: { precision: 0, includeBounds: false } }
    chart.options.scales = { ...lossScales(colours, logarithmic, x), ...lineScales(colours, lines) }
    chart.update('none')
  }

  /** Where the lines are drawn, in px of the canvas. */
  get area(): { left: number; right: number; top: number; bottom: number } {
    return this.#chart.chartArea
  }

  /** Iteration under a place, in px from the canvas's left edge. */
  iterationAt(x: number): number {
    return this.#chart.scales['x']?.getValueForPixel(x) ?? 1
  }

  /** Its opposite. */
  placeOf(iteration: number): number {
    return this.#chart.scales['x']?.getPixelForValue(iteration) ?? 0
  }

  destroy(): void {
    this.#chart.destroy()
  }
}

/** @param order the lower, the nearer to the eye */
function line(
  order: number,
  more: Partial<ChartDataset<'line', ChartPoint[]>> = {},
): ChartDataset<'line', ChartPoint[]> {
  return { data: [], order, pointRadius: 0, pointHitRadius: 0, borderJoinStyle: 'round', ...more }
}
