import { countByClass } from '../data/data-set.ts'
import type { Random } from './random.ts'

/** Pairs of images by their indices in the training set, all arrays [pairs]. `similar` is 1 or 0. */
export interface PairBatch {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly similar: Uint8Array
}

/**
 * Draws pairs as the recipe does: half the time a similar pair (a class uniformly among those present, two different
 * images of it), otherwise a dissimilar one (two different classes uniformly, one image of each, uniformly).
 * The labels must have passed `checkTrainable`.
 */
export class PairSampler {
  readonly #members: readonly Int32Array[]
  readonly #random: Random

  constructor(labels: Uint16Array, random: Random) {
    this.#members = membersByClass(labels)
    this.#random = random
  }

  draw(count: number): PairBatch {
    const first = new Int32Array(count)
    const second = new Int32Array(count)
    const similar = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      similar[i] = this.#random.uniform() < 0.5 ? 1 : 0
      const [a, b] = similar[i] === 1 ? this.#similarPair() : this.#dissimilarPair()
      first[i] = a
      second[i] = b
    }
    return { first, second, similar }
  }

  /** Where its randomness stands, for `Random.restored`. */
  state(): Int32Array {
    return this.#random.state()
  }

  #similarPair(): [number, number] {
    const members = this.#members[this.#random.below(this.#members.length)] as Int32Array
    const [a, b] = this.#twoDifferent(members.length)
    return [members[a] as number, members[b] as number]
  }

  #dissimilarPair(): [number, number] {
    const [a, b] = this.#twoDifferent(this.#members.length)
    return [this.#memberOf(a), this.#memberOf(b)]
  }

  #memberOf(present: number): number {
    const members = this.#members[present] as Int32Array
    return members[this.#random.below(members.length)] as number
  }

  /** Two different numbers below n, every ordered pair equally likely. */
  #twoDifferent(n: number): [number, number] {
    const a = this.#random.below(n)
    const b = this.#random.below(n - 1)
    return [a, b < a ? b : b + 1]
  }
}

/** Indices of the images of each class that occurs. */
export function membersByClass(labels: Uint16Array): Int32Array[] {
  const counts = countByClass(labels, labels.reduce((most, label) => Math.max(most, label), 0) + 1)
  const members = Array.from(counts, count => new Int32Array(count))
  const filled = new Uint32Array(counts.length)
  labels.forEach((label, index) => {
    const at = filled[label] as number
    ;(members[label] as Int32Array)[at] = index
    filled[label] = at + 1
  })
  return members.filter(indices => indices.length > 0)
}
