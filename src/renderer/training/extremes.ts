/** A run of neighbouring values: indices of its ends, and of its lowest and highest value. */
export interface Bucket {
  readonly first: number
  readonly last: number
  readonly lowest: number
  readonly highest: number
}

interface Level {
  readonly lowest: number[]
  readonly highest: number[]
}

/**
 * Where the lowest and the highest value are, in buckets of 2, 4, 8, ... values: a growing list of any length is shown in as many
 * buckets as there are pixels, at the price of the buckets alone. Each level holds only buckets that are full, so that a
 * new value costs one comparison on average; a last one that is not full is put together when asked for.
 */
export class Extremes {
  count = 0
  readonly #at: (index: number) => number
  /** Buckets of 2^(level + 1) values. */
  readonly #levels: Level[] = []

  /** @param at the values, which must not change once they are counted in */
  constructor(at: (index: number) => number) {
    this.#at = at
  }

  /** Counts in the values up to `count`, which are new. */
  grow(count: number): void {
    while (this.count < count) {
      this.count++
      for (let size = 2, level = 0; this.count % size === 0; size *= 2, level++) {
        const { lowest, highest } = this.#join(level, this.count / size - 1)
        const above = this.#levels[level] ?? { lowest: [], highest: [] }
        this.#levels[level] = above
        above.lowest.push(lowest)
        above.highest.push(highest)
      }
    }
  }

  /** At most `most` + 1 buckets that hold the values from `first` to `last` and few others, in order. */
  buckets(first: number, last: number, most: number): Bucket[] {
    const end = Math.min(last, this.count - 1)
    if (end < first) return []
    let depth = 0
    while ((end - first + 1) / 2 ** depth > most) depth++
    const size = 2 ** depth
    const buckets: Bucket[] = []
    for (let bucket = Math.floor(first / size); bucket <= Math.floor(end / size); bucket++) {
      const ends = { first: bucket * size, last: Math.min((bucket + 1) * size, this.count) - 1 }
      buckets.push({ ...ends, ...this.#find(depth, bucket) })
    }
    return buckets
  }

  #find(depth: number, bucket: number): { lowest: number; highest: number } {
    if (depth === 0) return { lowest: bucket, highest: bucket }
    const level = this.#levels[depth - 1]
    const lowest = level?.lowest[bucket]
    const highest = level?.highest[bucket]
    if (lowest !== undefined && highest !== undefined) return { lowest, highest }
    return this.#join(depth - 1, bucket)
  }

  /** A bucket from its two halves, one level below; the second may not have begun. */
  #join(depth: number, bucket: number): { lowest: number; highest: number } {
    const a = this.#find(depth, 2 * bucket)
    if ((2 * bucket + 1) * 2 ** depth >= this.count) return a
    const b = this.#find(depth, 2 * bucket + 1)
    return {
      lowest: this.#at(b.lowest) < this.#at(a.lowest) ? b.lowest : a.lowest,
      highest: this.#at(b.highest) > this.#at(a.highest) ? b.highest : a.highest,
    }
  }
}
