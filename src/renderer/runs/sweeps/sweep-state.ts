import { type ShallowRef, shallowRef, watch } from 'vue'
import { noSweep, type SweepRequest } from '../../../shared/contract/sweeps.ts'
import type { DataChoice, SweepState } from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Engine } from '../../engine.ts'
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
  watch(
    connection,
    async (now, _, onCleanup) => {
      if (now !== 'ready') return
      const open = new AbortController()
      onCleanup(() => open.abort())
      try {
        for await (const item of client.sweepState(undefined, { signal: open.signal })) {
          const failed = item.error !== null && item.error !== state.value.error
          state.value = item
          if (failed)
            notice.value = { tone: 'error', text: `${item.error} The sweep has ended; it can be resumed.` }
        }
      } catch (error) {
        // The next connection follows, and says so itself.
        const gone = error instanceof TwinlensError && error.kind === 'engine-crashed'
        if (!open.signal.aborted && !gone) console.error(error)
      }
    },
    { immediate: true },
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
