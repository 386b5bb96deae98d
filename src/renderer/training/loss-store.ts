import type { Losses } from '../../shared/contract.ts'
import { FloatChunks } from './float-chunks.ts'

/** The losses of one training, iteration 1 first. */
export class LossStore {
  /** Whose losses they are; 0 before the first training. */
  training = 0
  /** Counts how often it began anew: the same training's number comes again after a restart of the engine. */
  generation = 0
  readonly #losses = new FloatChunks()

  /** How many there are: the newest one's iteration. */
  get count(): number {
    return this.#losses.length
  }

  /** The loss of one iteration, counted from 1; NaN outside of what is here. */
  at(iteration: number): number {
    return this.#losses.at(iteration - 1)
  }

  /** Forgets all. */
  clear(): void {
    this.training = 0
    this.generation++
    this.#losses.clear()
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
    this.#losses.append(losses.subarray(this.count + 1 - firstIteration))
    return true
  }
}
