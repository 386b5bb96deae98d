import type { Neighbours } from './nearest.ts'

/**
 * The best so far, sorted, by partial selection: most points are turned away by one comparison with the last place.
 * Equal distances are told apart by index, the lower first, whatever order the points are offered in. A distance that
 * is no number counts as infinite.
 */
export class NearestList {
  readonly #indices: Int32Array
  readonly #squares: Float64Array
  #found = 0

  constructor(most: number) {
    this.#indices = new Int32Array(most)
    this.#squares = new Float64Array(most).fill(Number.POSITIVE_INFINITY)
  }

  /** The squared distance in the last place: a point farther than that need not be offered. */
  get worst(): number {
    return this.#squares.at(-1) ?? Number.NEGATIVE_INFINITY
  }

  offer(index: number, squaredDistance: number): void {
    const square = squaredDistance >= 0 ? squaredDistance : Number.POSITIVE_INFINITY
    const most = this.#indices.length
    if (this.#found === most && (most === 0 || !this.#comesAfter(most - 1, index, square))) return
    let place = this.#found < most ? this.#found++ : most - 1
    for (; place > 0 && this.#comesAfter(place - 1, index, square); place--) {
      this.#squares[place] = this.#squares[place - 1] as number
      this.#indices[place] = this.#indices[place - 1] as number
    }
    this.#squares[place] = square
    this.#indices[place] = index
  }

  #comesAfter(place: number, index: number, square: number): boolean {
    const there = this.#squares[place] as number
    return there > square || (there === square && (this.#indices[place] as number) > index)
  }

  /** What was found: as many as there are places, if as many were offered. */
  neighbours(): Neighbours {
    return {
      indices: this.#indices.slice(0, this.#found),
      distances: this.#squares.slice(0, this.#found).map(Math.sqrt),
    }
  }
}
