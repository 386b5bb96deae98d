import { type Contoured, type ContourGrid, countedIn } from './contour-grid.ts'
import type { ContourAsk, ContourLines } from './contouring.ts'

/** Lines around all points, around each class's, or none. */
export type Contouring = 'none' | 'all' | 'classes'

/** Traced lines and where in the data they lie. */
export interface Contours {
  readonly lines: ContourLines
  readonly grid: Omit<ContourGrid, 'counts'>
}

/** The part of a Worker that is used. */
export type ContourWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage'>

export const startWorker = (): Worker =>
  new Worker(new URL('./contour-worker.ts', import.meta.url), { type: 'module' })

/** After the points and the view have rested for so long the lines are traced anew; until then the old ones move along. */
const restMs = 200

/** Traces lines of equal density in a worker of its own, which starts with the first; only the newest answer counts. */
export class ContourView {
  readonly #onTraced: () => void
  readonly #start: () => ContourWorker
  #worker: ContourWorker | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0
  #grid: Omit<ContourGrid, 'counts'> | null = null
  #traced: Contours | null = null

  constructor(onTraced: () => void, start: () => ContourWorker = startWorker) {
    this.#onTraced = onTraced
    this.#start = start
  }

  /** Those that were traced last. */
  get traced(): Contours | null {
    return this.#traced
  }

  /** Something has changed. @param what is asked once everything rests; null: no lines */
  renew(what: (() => Contoured | null) | null): void {
    clearTimeout(this.#timer)
    if (what !== null) {
      this.#timer = setTimeout(() => this.#ask(what()), restMs)
      return
    }
    this.#asked++
    this.#traced = null
  }

  #ask(what: Contoured | null): void {
    if (what === null) return
    const { counts, ...grid } = countedIn(what)
    this.#grid = grid
    const ask: ContourAsk = { id: ++this.#asked, columns: grid.columns, rows: grid.rows, counts }
    this.#worker ??= this.#begin()
    this.#worker.postMessage(ask, [counts.buffer])
  }

  #begin(): ContourWorker {
    const worker = this.#start()
    worker.onmessage = ({ data }: MessageEvent<ContourLines>) => {
      if (data.id !== this.#asked || this.#grid === null) return
      this.#traced = { lines: data, grid: this.#grid }
      this.#onTraced()
    }
    return worker
  }

  dispose(): void {
    this.renew(null)
    this.#worker?.terminate()
    this.#worker = null
  }
}
