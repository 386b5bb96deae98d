import { type LabelledImages, sliceImages } from '../data/data-set.ts'
import { type Embedding, embed } from '../embedding/embed.ts'
import type { Network } from '../twin/network/network.ts'

/** Where the test images fell when each was last embedded. */
export interface LivePoints {
  readonly embedding: Embedding
  readonly iteration: number
  /** Of the points refreshed longest ago. */
  readonly oldestIteration: number
}

/** Time between two refreshes, ms. */
const interval = 500

/**
 * Share of the training's time that following it may cost, and what it may cost at once at the start (ms), when the
 * classes come apart fastest. On two cores without a GPU the default job's 5,000 points are then all refreshed twice a
 * second for the first seven seconds and every fifteen seconds or so after that, some of them twice a second.
 */
const share = 0.015
const startAllowance = 1500

/** Fewer images than this are not worth a pass of their own. */
const fewest = 50

/**
 * Follows the test set's embedding during training without slowing it: embedding 5,000 images takes as long as four
 * iterations, so about twice a second as many of them are refreshed, in turn, as the allowance pays for. A fast
 * device refreshes all of them each time.
 */
export class LiveEmbedding {
  readonly #images: LabelledImages
  readonly #values: Float32Array
  readonly #size: number
  /** Iteration at which each image was last embedded, [count]. */
  readonly #iterations: Int32Array
  #next = 0
  #msPerImage = 0
  #spent = 0
  #trained = 0
  #lastSeen = performance.now()
  #lastRefresh = Number.NEGATIVE_INFINITY

  constructor(images: LabelledImages, size: number) {
    this.#images = images
    this.#size = size
    this.#values = new Float32Array(images.count * size)
    this.#iterations = new Int32Array(images.count)
  }

  /** Refreshes what can be paid for, if it is time. Called after every slice of the training. */
  async follow(network: Network, iteration: number): Promise<LivePoints | undefined> {
    const now = performance.now()
    this.#trained += now - this.#lastSeen
    this.#lastSeen = now
    if (now - this.#lastRefresh < interval) return undefined
    const { count } = this.#images
    const allowance = startAllowance + share * this.#trained - this.#spent
    const affordable =
      this.#msPerImage === 0 ? count : Math.min(count, Math.floor(allowance / this.#msPerImage))
    if (affordable < Math.min(fewest, count)) return undefined
    await this.#refresh(network, iteration, affordable)
    this.#lastSeen = performance.now()
    this.#lastRefresh = this.#lastSeen
    this.#spent += this.#lastSeen - now
    this.#msPerImage = (this.#lastSeen - now) / affordable
    return this.#points(iteration)
  }

  /** Refreshes every point, whatever it costs: when nothing trains meanwhile. */
  async complete(network: Network, iteration: number): Promise<LivePoints> {
    this.#next = 0
    await this.#refresh(network, iteration, this.#images.count)
    this.#lastSeen = performance.now()
    return this.#points(iteration)
  }

  /** The next `count` images, going on at the start after the last. */
  async #refresh(network: Network, iteration: number, count: number): Promise<void> {
    let left = count
    while (left > 0) {
      const from = this.#next
      const to = Math.min(this.#images.count, from + left)
      const { values } = await embed(network, sliceImages(this.#images, from, to))
      this.#values.set(values, from * this.#size)
      this.#iterations.fill(iteration, from, to)
      this.#next = to === this.#images.count ? 0 : to
      left -= to - from
    }
  }

  /** A copy: the next refresh must not change what is on its way to a window. */
  #points(iteration: number): LivePoints {
    const embedding = { values: this.#values.slice(), count: this.#images.count, size: this.#size }
    const oldestIteration = this.#iterations.reduce((oldest, one) => Math.min(oldest, one), iteration)
    return { embedding, iteration, oldestIteration }
  }
}
