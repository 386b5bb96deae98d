import { DebiasedAverage } from '../../shared/debiased-average.ts'
import type { View } from './chart-view.ts'
import { Extremes } from './extremes.ts'
import { FloatChunks } from './float-chunks.ts'
import type { LossStore } from './loss-store.ts'

export interface ChartPoint {
  x: number
  y: number
}

/** What the chart draws of one view: x is the iteration, y the loss. */
export interface LossSeries {
  /** The lowest and highest loss of every bucket where they are, so that no peak is lost. */
  readonly raw: ChartPoint[]
  readonly low: ChartPoint[]
  readonly high: ChartPoint[]
  /** The smoothed loss at every bucket's last iteration. */
  readonly smooth: ChartPoint[]
}

/** One iteration, as the chart's readout shows it. */
export interface LossReading {
  readonly iteration: number
  readonly loss: number
  readonly smooth: number
}

/**
 * The losses of one training, ready to be drawn at any zoom: smoothed over all of them first and thinned out after. A new loss costs
 * the same whether it is the tenth or the millionth.
 */
export class LossCurve {
  readonly #store: LossStore
  #generation: number
  #weight: number
  #average: DebiasedAverage
  readonly #smooth = new FloatChunks()
  #extremes: Extremes

  /** @param weight of the moving average, see DebiasedAverage */
  constructor(store: LossStore, weight: number) {
    this.#store = store
    this.#generation = store.generation
    this.#weight = weight
    this.#average = new DebiasedAverage(weight)
    this.#extremes = this.#newExtremes()
  }

  get count(): number {
    return this.#smooth.length
  }

  /** Smooths anew, over all losses. */
  set weight(weight: number) {
    if (weight === this.#weight) return
    this.#weight = weight
    this.#forgetSmooth()
    this.#smoothNew()
  }

  /** Takes in what the store has gained. @returns whether that was anything */
  catchUp(): boolean {
    const store = this.#store
    const anew = store.generation !== this.#generation
    if (!anew && store.count === this.count) return false
    if (anew) {
      this.#generation = store.generation
      this.#forgetSmooth()
      this.#extremes = this.#newExtremes()
    }
    this.#smoothNew()
    this.#extremes.grow(store.count)
    return true
  }

  /** NaN for an iteration that there is no loss of. */
  reading(iteration: number): LossReading {
    return { iteration, loss: this.#store.at(iteration), smooth: this.#smooth.at(iteration - 1) }
  }

  /** The lowest loss so far; null before the first. */
  lowest(): LossReading | null {
    const lowest = this.#extremes.buckets(0, this.count - 1, 1).map(bucket => this.reading(bucket.lowest + 1))
    return lowest.toSorted((a, b) => a.loss - b.loss)[0] ?? null
  }

  /** The view in at most `most` + 3 buckets: one more on either side lets the lines run on to the edge. */
  series(view: View, most: number): LossSeries {
    const margin = Math.ceil((view.to - view.from + 1) / most)
    const first = Math.max(0, Math.floor(view.from) - 1 - margin)
    const buckets = this.#extremes.buckets(first, Math.ceil(view.to) - 1 + margin, most + 2)
    const series: LossSeries = { raw: [], low: [], high: [], smooth: [] }
    for (const { first, last, lowest, highest } of buckets) {
      const x = (first + last) / 2 + 1
      const low = this.#point(lowest)
      const high = this.#point(highest)
      if (lowest === highest) series.raw.push(low)
      else series.raw.push(...(lowest < highest ? [low, high] : [high, low]))
      series.low.push({ x, y: low.y })
      series.high.push({ x, y: high.y })
      series.smooth.push({ x: last + 1, y: this.#smooth.at(last) })
    }
    return series
  }

  #point(index: number): ChartPoint {
    return { x: index + 1, y: this.#store.at(index + 1) }
  }

  #smoothNew(): void {
    while (this.#smooth.length < this.#store.count) {
      this.#smooth.push(this.#average.push(this.#store.at(this.#smooth.length + 1)))
    }
  }

  #forgetSmooth(): void {
    this.#smooth.clear()
    this.#average = new DebiasedAverage(this.#weight)
  }

  #newExtremes(): Extremes {
    return new Extremes(index => this.#store.at(index + 1))
  }
}
