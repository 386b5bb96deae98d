/** Something that changes, for streams to follow: `follow` yields at once and after every change. */
export class Changes {
  #version = 0
  readonly #waiting = new Set<() => void>()

  announce(): void {
    this.#version++
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  async *follow(signal: AbortSignal): AsyncGenerator<void, void> {
    for (let seen = -1; !signal.aborted; ) {
      if (seen === this.#version) await this.#next(signal)
      else {
        seen = this.#version
        yield
      }
    }
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.add(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}
