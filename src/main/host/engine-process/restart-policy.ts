/** Crashes that lie further back than this no longer count, in ms. */
const recentMs = 60_000
/** So many recent ones, and the next engine computes with a lower backend. */
const crashesPerRung = 3
/** The wait before the second start in a row, in ms; it doubles from then on. */
const firstWaitMs = 500
const longestWaitMs = 30_000

export interface Restart {
  /** How long to wait, in ms. */
  readonly waitMs: number
  /** The backend to start with; undefined for the best that loads. */
  readonly backend: string | undefined
  /** Whether that is a lower one than before. */
  readonly lower: boolean
}

/**
 * When the next engine starts after a crash, and with which backend. The first restart is at once. Three crashes within
 * a minute are the backend's fault more often than not (a driver, a library that does not fit): the next lower takes
 * over. Below the lowest there is only waiting longer.
 */
export class RestartPolicy {
  readonly #ladder: readonly string[]
  #backend: string | undefined
  #crashes: number[] = []

  /** @param ladder all backends, best first @param backend what to start with, if not with the best that loads */
  constructor(ladder: readonly string[], backend: string | undefined) {
    this.#ladder = ladder
    this.#backend = backend
  }

  /** The backend to start with; undefined for the best that loads. */
  get backend(): string | undefined {
    return this.#backend
  }

  /**
   * @param now in ms
   * @param computing the backend that the engine said it computes with; undefined if it did not come that far
   * @param absent the backend that it was to take cannot be had here
   */
  crashed(now: number, computing: string | undefined, absent = false): Restart {
    this.#crashes = [...this.#crashes.filter(time => now - time < recentMs), now]
    const count = this.#crashes.length
    const waitMs = count === 1 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (count - 2))
    const next = this.#below(computing ?? this.#backend ?? this.#ladder[0])
    const lower = next !== undefined && (absent || count >= crashesPerRung)
    if (lower) {
      this.#backend = next
      this.#crashes = []
    }
    return { waitMs, backend: this.#backend, lower }
  }

  #below(backend: string | undefined): string | undefined {
    const rung = backend === undefined ? -1 : this.#ladder.indexOf(backend)
    // Forced, WebGPU would take whatever passes for a graphics card: it is for the engine to choose, or for a person.
    return rung === -1 ? undefined : this.#ladder.slice(rung + 1).find(lower => lower !== 'webgpu')
  }
}
