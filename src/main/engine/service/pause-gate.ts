/** Where a paused training waits: for single iterations, for going on, or for its end. */
export class PauseGate {
  /** Single iterations asked for and not begun. */
  #steps = 0
  #wake: (() => void) | undefined
  #keepNow = false

  /** Steps that were asked for and not begun are forgotten. */
  open(): void {
    this.#steps = 0
    this.wake()
  }

  /** Whoever pauses may well close the lid: what was learned until then is kept. */
  shut(): void {
    this.#keepNow = true
  }

  step(): void {
    this.#steps++
    this.wake()
  }

  /** Whoever waits looks again whether it still has to. */
  wake(): void {
    this.#wake?.()
  }

  /** Whether a checkpoint is to be kept since it was shut; once. */
  takeKeepNow(): boolean {
    const wished = this.#keepNow
    this.#keepNow = false
    return wished
  }

  /**
   * Resolves when the next iteration may begin.
   * @param isShut asked again at every wake
   * @param rest awaited before a wait begins
   */
  async pass(isShut: () => boolean, rest: () => Promise<void>): Promise<void> {
    if (!isShut()) return
    if (this.#steps === 0) await rest()
    while (isShut() && this.#steps === 0) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    if (this.#steps > 0) this.#steps--
  }
}
