import type { Answer, Ask } from './projecting.ts'
import type { UmapProgress } from './umap.ts'

export type Made = Extract<Answer, { kind: 'made' }>

/** The part of a Worker that is used. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

export const startWorker = (): WorkerLike =>
  new Worker(new URL('./projection-worker.ts', import.meta.url), { type: 'module' })

/** Makes one projection after the other in a worker of its own, which starts with the first. */
export class Projector {
  readonly #start: () => WorkerLike
  #worker: WorkerLike | null = null
  #giveUp: ((words: string | null) => void) | null = null

  constructor(start: () => WorkerLike = startWorker) {
    this.#start = start
  }

  /**
   * Whatever was under way is given up.
   * @returns null when it was cancelled
   * @throws Error with words for a person when it cannot be made
   */
  make(ask: Ask, onProgress: (progress: UmapProgress) => void = () => {}): Promise<Made | null> {
    this.cancel()
    this.#worker ??= this.#start()
    const worker = this.#worker
    return new Promise((resolve, reject) => {
      const end = (words: string | null) => {
        this.#stop()
        if (words === null) resolve(null)
        else reject(new Error(words))
      }
      this.#giveUp = end
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.kind === 'progress') return onProgress(data.progress)
        if (data.kind === 'failed') return end(data.words)
        this.#giveUp = null
        resolve(data)
      }
      worker.onerror = event =>
        end(`The projection stopped: ${event.message || 'there was not enough memory'}.`)
      worker.postMessage(ask)
    })
  }

  /** At once, wherever it is: the worker ends, and another starts when it is needed. */
  cancel(): void {
    this.#giveUp?.(null)
  }

  #stop(): void {
    this.#giveUp = null
    this.#worker?.terminate()
    this.#worker = null
  }
}
