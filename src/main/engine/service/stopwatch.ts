/** How long a training has run, pauses left out, and how fast it is going. */
export class Stopwatch {
  #before: number
  #runningSince: number | undefined
  /** When recent iterations were done: [ms, iteration], oldest first. */
  #recent: { at: number; iteration: number }[] = []

  /** @param seconds that an earlier part of the training took */
  constructor(seconds = 0) {
    this.#before = 1000 * seconds
  }

  /** Speed is told over this long, ms. */
  static readonly window = 3000

  run(): void {
    this.#runningSince ??= performance.now()
    this.#recent = []
  }

  rest(): void {
    this.#before = this.elapsedSeconds * 1000
    this.#runningSince = undefined
    this.#recent = []
  }

  reached(iteration: number): void {
    const at = performance.now()
    this.#recent.push({ at, iteration })
    while (this.#recent.length > 2 && (this.#recent[0] as { at: number }).at < at - Stopwatch.window)
      this.#recent.shift()
  }

  get elapsedSeconds(): number {
    const running = this.#runningSince === undefined ? 0 : performance.now() - this.#runningSince
    return (this.#before + running) / 1000
  }

  get iterationsPerSecond(): number {
    const [first, last] = [this.#recent[0], this.#recent.at(-1)]
    if (first === undefined || last === undefined || last.at === first.at) return 0
    return ((last.iteration - first.iteration) * 1000) / (last.at - first.at)
  }
}
