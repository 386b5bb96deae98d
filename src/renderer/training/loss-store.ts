import type { Losses } from '../../shared/contract.ts'

/** Losses a chunk. One chunk is 64 KiB: small enough to add without a pause, large enough to be few. */
const chunkLength = 16_384

/**
 * The losses of one training, iteration 1 first, in chunks: an update copies what is new and nothing that is old.
 * A million iterations are 62 chunks, 4 MB.
 */
export class LossStore {
  /** Whose losses they are; 0 before the first training. */
  training = 0
  /** How many there are: the newest one's iteration. */
  count = 0
  readonly #chunks: Float32Array[] = []

  /** Forgets all. */
  clear(): void {
    this.training = 0
    this.count = 0
    this.#chunks.length = 0
  }

  /** The iteration to ask for next while `training` is the current one. */
  nextIteration(training: number): number {
    return training === this.training ? this.count + 1 : 1
  }

  /**
   * Adds what is new in `item`. Losses that are here already are passed over; those of another training replace all.
   * @returns false when losses before the item's first are missing: nothing was added, ask again from `nextIteration`
   */
  append({ training, firstIteration, losses }: Losses): boolean {
    if (firstIteration > this.nextIteration(training)) return false
    if (training !== this.training) {
      this.clear()
      this.training = training
    }
    for (let taken = this.count + 1 - firstIteration; taken < losses.length; ) {
      const offset = this.count % chunkLength
      if (offset === 0) this.#chunks.push(new Float32Array(chunkLength))
      const part = losses.subarray(taken, taken + chunkLength - offset)
      this.#chunks.at(-1)?.set(part, offset)
      this.count += part.length
      taken += part.length
    }
    return true
  }

  /** The loss of one iteration, counted from 1; NaN outside of what is here. */
  at(iteration: number): number {
    if (iteration < 1 || iteration > this.count) return Number.NaN
    const index = iteration - 1
    return this.#chunks[Math.floor(index / chunkLength)]?.[index % chunkLength] ?? Number.NaN
  }

  /** Calls `visit` with the losses from `firstIteration` on, in order, as views of a chunk each. */
  forEachFrom(firstIteration: number, visit: (losses: Float32Array) => void): void {
    for (let index = firstIteration - 1; index < this.count; ) {
      const start = index % chunkLength
      const length = Math.min(chunkLength - start, this.count - index)
      const chunk = this.#chunks[Math.floor(index / chunkLength)]
      if (chunk !== undefined) visit(chunk.subarray(start, start + length))
      index += length
    }
  }
}
