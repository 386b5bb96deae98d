import { type ShallowRef, shallowRef } from 'vue'
import { noSweep, type SweepRequest } from '../../../shared/contract/sweeps.ts'
import type { DataChoice, SweepState } from '../../../shared/contract.ts'
import type { Engine } from '../../engine.ts'
import { followStream } from '../../follow-stream.ts'
import { perEngine } from '../../search/per-engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'

/** The sweep that the engine goes through, as the window knows it. */
export interface RunningSweep {
  readonly state: ShallowRef<SweepState>
  /** @returns whether it has begun; what hinders it is told as a notice */
  start(request: SweepRequest, data: DataChoice, name: string): Promise<boolean>
  resume(name: string): Promise<boolean>
  stop(): Promise<boolean>
}

function createRunningSweep({ client, connection, notice }: Engine): RunningSweep {
  const state = shallowRef<SweepState>(noSweep)
  followStream(
    connection,
    signal => client.sweepState(undefined, { signal }),
    item => {
      const failed = item.error !== null && item.error !== state.value.error
      state.value = item
      if (failed)
        notice.value = { tone: 'error', text: `${item.error} The sweep has ended; it can be resumed.` }
    },
  )
  const attempt = async (work: () => Promise<SweepState>): Promise<boolean> => {
    try {
      state.value = await work()
      notice.value = null
      return true
    } catch (error) {
      notice.value = errorNotice(error)
      return false
    }
  }
  return {
    state,
    start: (request, data, name) =>
      attempt(() =>
        client.startSweep({ request, data, ...(name.trim() === '' ? {} : { name: name.trim() }) }),
      ),
    resume: name => attempt(() => client.resumeSweep({ name })),
    stop: () => attempt(() => client.stopSweep()),
  }
}

export const useRunningSweep: () => RunningSweep = perEngine(createRunningSweep)
