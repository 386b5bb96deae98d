import { nextTick } from 'vue'
import { type Ask, answer } from '../../src/renderer/projection/projecting.ts'
import type { WorkerLike } from '../../src/renderer/projection/projector.ts'

/** Workers that answer when they are told to. */
export class ProjectionWorkers {
  started = 0
  readonly waiting: (() => void)[] = []
  start = (): WorkerLike => {
    this.started++
    let alive = true
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage: (ask: Ask) => {
        this.waiting.push(() =>
          answer(ask, told => {
            if (alive) worker.onmessage?.call(worker as Worker, { data: told } as MessageEvent)
          }),
        )
      },
      terminate: () => {
        alive = false
      },
    }
    return worker
  }

  async run() {
    for (const one of this.waiting.splice(0)) one()
    await nextTick()
    await nextTick()
  }
}
