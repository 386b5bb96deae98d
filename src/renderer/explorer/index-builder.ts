import Flatbush from 'flatbush'

/** Builds a tree of points, [points, 2]; their array may be taken over. @returns null where it was given up */
export interface IndexBuilder {
  build(xy: Float32Array): Promise<Flatbush | null>
  /** Gives up what is being built. */
  cancel(): void
}

/** Up to so many points (20 ms) the window's own thread builds it faster than a worker starts. */
const fewPoints = 100_000

/** @param xy [points, 2] */
export function treeOf(xy: Float32Array): Flatbush {
  const tree = new Flatbush(xy.length / 2, 16, Float32Array)
  for (let i = 0; i < xy.length; i += 2) tree.add(xy[i] as number, xy[i + 1] as number)
  tree.finish()
  return tree
}

/** The part of a Worker that is used. */
export type IndexWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const startWorker = (): IndexWorker =>
  new Worker(new URL('./index-worker.ts', import.meta.url), { type: 'module' })

/** Few points here, many in a worker that ends with its work: a million take a second and a half, and 70 MB meanwhile. */
export class WorkerIndexBuilder implements IndexBuilder {
  readonly #start: () => IndexWorker
  #giveUp: () => void = () => {}

  constructor(start: () => IndexWorker = startWorker) {
    this.#start = start
  }

  build(xy: Float32Array): Promise<Flatbush | null> {
    this.cancel()
    if (xy.length / 2 <= fewPoints) return Promise.resolve(treeOf(xy))
    return new Promise((resolve, reject) => {
      const worker = this.#start()
      this.#giveUp = () => {
        worker.terminate()
        resolve(null)
      }
      worker.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        worker.terminate()
        resolve(Flatbush.from(data))
      }
      worker.onerror = event => {
        worker.terminate()
        reject(new Error(event.message || 'The index of the points was not built.'))
      }
      worker.postMessage(xy, [xy.buffer])
    })
  }

  cancel(): void {
    this.#giveUp()
    this.#giveUp = () => {}
  }
}
