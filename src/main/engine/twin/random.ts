/**
 * Seeded randomness of our own, so that a seed means the same on every backend, platform and release.
 * Generator: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 2021), seeded through splitmix32 as its authors advise.
 */

/** What a stream of numbers is for. Each has its own stream, so that drawing more of one never shifts another. */
export type RandomPurpose = 'weights' | 'pairs' | 'quality' | 'display' | 'dropout' | 'augmentation' | 'split'

const purposeKeys: Record<RandomPurpose, number> = {
  weights: 0x77676874,
  pairs: 0x70616972,
  quality: 0x7175616c,
  display: 0x64697370,
  dropout: 0x64726f70,
  augmentation: 0x6175676d,
  split: 0x73706c69,
}

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits))

/** The 32-bit finaliser of MurmurHash3 over a Weyl sequence: turns any seed, 0 included, into well-mixed words. */
function* splitmix32(seed: number): Generator<number, never> {
  let state = seed | 0
  while (true) {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    yield z ^ (z >>> 16)
  }
}

export class Random {
  readonly #state: Int32Array

  private constructor(state: Int32Array) {
    this.#state = state
  }

  /**
   * `seed` is a whole number from 0 to 2^32 - 1.
   * @param turn a stream of its own for each iteration, say, so that one can be drawn again by itself
   */
  static seeded(seed: number, purpose: RandomPurpose, turn = 0): Random {
    const words = splitmix32(seed ^ purposeKeys[purpose] ^ Math.imul(turn, 0x85ebca77))
    return new Random(Int32Array.from({ length: 4 }, () => words.next().value))
  }

  /** Goes on exactly where `state()` was taken. */
  static restored(state: Int32Array): Random {
    return new Random(state.slice())
  }

  /** A copy of the four words of state. */
  state(): Int32Array {
    return this.#state.slice()
  }

  /** Uniform over 0 .. 2^32 - 1. */
  uint32(): number {
    const s = this.#state as Int32Array & [number, number, number, number]
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0
    const t = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotateLeft(s[3], 11)
    return result
  }

  /** Uniform over [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /** A whole number uniform over 0 .. n - 1 without modulo bias; n from 1 to 2^32. */
  below(n: number): number {
    const limit = 4_294_967_296 - (4_294_967_296 % n)
    let drawn = this.uint32()
    while (drawn >= limit) drawn = this.uint32()
    return drawn % n
  }

  /** `count` draws from N(0, deviation^2), by Box and Muller (1958). */
  normals(count: number, deviation: number): Float32Array {
    const values = new Float32Array(count)
    for (let i = 0; i < count; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - this.uniform()))
      const angle = 2 * Math.PI * this.uniform()
      values[i] = radius * Math.cos(angle)
      if (i + 1 < count) values[i + 1] = radius * Math.sin(angle)
    }
    return values
  }

  /** `count` different whole numbers out of 0 .. n - 1, in random order (a partial Fisher-Yates shuffle). */
  sample(n: number, count: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i)
    const taken = Math.min(n, count)
    for (let i = 0; i < taken; i++) {
      const j = i + this.below(n - i)
      const swapped = order[j] as number
      order[j] = order[i] as number
      order[i] = swapped
    }
    return order.slice(0, taken)
  }
}
