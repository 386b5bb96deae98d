import type { Points } from '../../shared/contract.ts'

/** All 200 moments of 10,000 points in the plane, twice over. */
const mostBytes = 32 * 2 ** 20

/**
 * Moments that were fetched, the ones last used kept within a bound. One request is on its way at a time; what is wished
 * for meanwhile replaces what was wished for before, so that a fast hand on the slider never leaves a queue behind.
 */
export class MomentCache {
  readonly #fetch: (iteration: number) => Promise<Points>
  readonly #mostBytes: number
  /** In order of use, the oldest first: a Map keeps the order in which keys came. */
  #kept = new Map<number, Points>()
  #bytes = 0
  #wishes: readonly number[] = []
  #busy = false
  #generation = 0
  /** Called after each arrival. */
  arrived: () => void = () => {}
  /** Called for each request that failed. */
  failed: (iteration: number, error: unknown) => void = () => {}

  constructor(fetch: (iteration: number) => Promise<Points>, bytes = mostBytes) {
    this.#fetch = fetch
    this.#mostBytes = bytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get(iteration: number): Points | undefined {
    const points = this.#kept.get(iteration)
    if (points === undefined) return undefined
    this.#kept.delete(iteration)
    this.#kept.set(iteration, points)
    return points
  }

  /** What is needed next, the most urgent first; nothing wished for before matters any more. */
  want(...iterations: readonly number[]): void {
    this.#wishes = iterations.filter(iteration => !this.#kept.has(iteration))
    if (!this.#busy) void this.#work()
  }

  clear(): void {
    this.#generation++
    this.#kept = new Map()
    this.#bytes = 0
    this.#wishes = []
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let next = this.#wishes[0]; next !== undefined; next = this.#wishes[0]) {
      this.#wishes = this.#wishes.slice(1)
      await this.#get(next)
    }
    this.#busy = false
  }

  async #get(iteration: number): Promise<void> {
    const generation = this.#generation
    try {
      const points = await this.#fetch(iteration)
      if (generation !== this.#generation) return
      this.#keep(iteration, points)
      this.arrived()
    } catch (error) {
      if (generation === this.#generation) this.failed(iteration, error)
    }
  }

  #keep(iteration: number, points: Points): void {
    this.#kept.set(iteration, points)
    this.#bytes += points.values.byteLength
    for (const [oldest, { values }] of this.#kept) {
      // Two are always needed: those that a replay is between.
      if (this.#bytes <= this.#mostBytes || this.#kept.size <= 2) break
      this.#kept.delete(oldest)
      this.#bytes -= values.byteLength
    }
  }
}
