/**
 * Exponential moving average that starts at the first value and not at zero: the correction of Adam (Kingma and Ba, ICLR 2015,
 * section 3), m_n / (1 - weight^n). Every value goes in, whatever is drawn, so that the curve is the same at any zoom.
 */
export class DebiasedAverage {
  readonly #weight: number
  #mean = 0
  /** weight^n */
  #forgotten = 1

  /** @param weight of what was before, from 0 (no smoothing) to below 1 */
  constructor(weight: number) {
    this.#weight = weight
  }

  /** Takes the next value in. @returns the average so far */
  push(value: number): number {
    this.#mean = this.#weight * this.#mean + (1 - this.#weight) * value
    this.#forgotten *= this.#weight
    return this.#mean / (1 - this.#forgotten)
  }
}
