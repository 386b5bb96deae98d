/** Holds what comes until somebody takes it; only one takes at a time, and a newer taker replaces the older. */
export class Mailbox<T> {
  readonly #waiting: T[] = []
  readonly #most: number
  #wake: () => void = () => undefined

  /** @param most that wait at once; older ones go */
  constructor(most: number) {
    this.#most = most
  }

  put(item: T): void {
    this.#waiting.push(item)
    if (this.#waiting.length > this.#most) this.#waiting.shift()
    this.#wake()
  }

  /** Everything that waits, and that comes, in order, until the signal aborts or another takes. */
  async *take(signal: AbortSignal): AsyncGenerator<T, void> {
    this.#wake()
    let mine = true
    while (mine && !signal.aborted) {
      const next = this.#waiting.shift()
      if (next !== undefined) yield next
      else mine = await this.#next(signal)
    }
  }

  /** @returns whether to look again; not when another has come to take */
  #next(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const wake = () => resolve(this.#wake === wake)
    this.#wake = wake
    signal.addEventListener('abort', () => resolve(true), { once: true })
    return promise
  }
}
