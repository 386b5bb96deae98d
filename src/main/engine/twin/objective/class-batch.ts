import { membersByClass, type PairBatch } from '../pairs.ts'
import type { Random } from '../random.ts'

/** Images by their indices in the training set, class after class. Both arrays are [images]. */
export interface ClassBatch {
  readonly indices: Int32Array
  readonly labels: Int32Array
}

export type Batch = PairBatch | ClassBatch

export interface BatchSampler<B extends Batch = Batch> {
  /** @param size pairs, or images at most */
  draw(size: number): B
  /** Of its randomness: a sampler over it goes on exactly from here. */
  state(): Int32Array
}

/**
 * Draws batches that have each of their classes alike: of all classes, or of as many as leave each two images. A class
 * with fewer images than its share gives some twice. Nothing is kept from batch to batch but the state of `random`.
 */
export class ClassBatchSampler implements BatchSampler<ClassBatch> {
  readonly #labels: Uint16Array
  readonly #members: readonly Int32Array[]
  readonly #random: Random

  constructor(labels: Uint16Array, random: Random) {
    this.#labels = labels
    this.#members = membersByClass(labels)
    this.#random = random
  }

  draw(size: number): ClassBatch {
    const { classes, each } = sharesOf(size, this.#members.length)
    const indices = new Int32Array(classes * each)
    this.#distinct(this.#members.length, classes).forEach((present, c) => {
      const members = this.#members[present] as Int32Array
      for (let done = 0; done < each; done += members.length) {
        const round = this.#distinct(members.length, Math.min(each - done, members.length))
        round.forEach((at, i) => {
          indices[c * each + done + i] = members[at] as number
        })
      }
    })
    return { indices, labels: Int32Array.from(indices, index => this.#labels[index] as number) }
  }

  state(): Int32Array {
    return this.#random.state()
  }

  /** `count` different numbers below n in random order: the first steps of Fisher and Yates's shuffle. */
  #distinct(n: number, count: number): number[] {
    const moved = new Map<number, number>()
    return Array.from({ length: count }, (_, i) => {
      const j = i + this.#random.below(n - i)
      const chosen = moved.get(j) ?? j
      moved.set(j, moved.get(i) ?? i)
      return chosen
    })
  }
}

/** How many classes a batch of about this size has, and how many images of each: an even number, two at least. */
export function sharesOf(size: number, present: number): { classes: number; each: number } {
  const each = Math.max(2, 2 * Math.floor(size / present / 2))
  return { classes: Math.max(2, Math.min(present, Math.floor(size / each))), each }
}
