/** What a threshold does to pairs: up to it they count as similar. NaN where a kind of pair does not occur. */
export interface ErrorRates {
  /** Share of dissimilar pairs that count as similar. */
  readonly falseAccept: number
  /** Share of similar pairs that do not. */
  readonly falseReject: number
}

/** Distances of pairs, sorted by kind once, so that each threshold is answered by two binary searches. */
export class PairDistances {
  readonly #similar: Float64Array
  readonly #dissimilar: Float64Array

  /** @param similar 1 where a pair shares its class; both [pairs] */
  constructor(distances: Float64Array, similar: Uint8Array) {
    this.#similar = distances.filter((_, pair) => similar[pair] === 1).sort()
    this.#dissimilar = distances.filter((_, pair) => similar[pair] !== 1).sort()
  }

  get similarPairs(): number {
    return this.#similar.length
  }

  get dissimilarPairs(): number {
    return this.#dissimilar.length
  }

  ratesAt(threshold: number): ErrorRates {
    return {
      falseAccept: upTo(this.#dissimilar, threshold) / this.#dissimilar.length,
      falseReject: 1 - upTo(this.#similar, threshold) / this.#similar.length,
    }
  }
}

/** How many of the sorted values are not above a limit. */
export function upTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
