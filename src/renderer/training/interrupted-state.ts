import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { InterruptedTraining } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { isActive } from '../engine-session.ts'
import { perEngine } from '../search/per-engine.ts'
import { errorNotice } from '../ui/error-notice.ts'

/** The interrupted trainings as the window offers them, one at a time. */
export interface InterruptedState {
  /** The newest that was not put away; null for none, and while a training is under way. */
  readonly offered: ComputedRef<InterruptedTraining | null>
  /** How many wait besides it. */
  readonly others: ComputedRef<number>
  /** Whether it is asked once more, for what is discarded is gone. */
  readonly asking: ShallowRef<boolean>
  resume(): Promise<void>
  discard(): Promise<void>
  /** Until the window is opened the next time. */
  putAway(): void
}

export function createInterrupted({ client, connection, training, notice }: Engine): InterruptedState {
  const known = shallowRef<readonly InterruptedTraining[]>([])
  const away = shallowRef<ReadonlySet<string>>(new Set())
  const asking = shallowRef(false)
  let pending = false

  const waiting = computed(() => known.value.filter(({ name }) => !away.value.has(name)))
  const idle = computed(() => connection.value === 'ready' && !isActive(training.value))
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (pending) return
    pending = true
    try {
      await work()
    } catch (error) {
      notice.value = errorNotice(error)
    } finally {
      pending = false
    }
  }
  const refresh = async (): Promise<void> => {
    known.value = await client.interrupted()
    asking.value = false
  }
  // At the start, after the engine was started again, and when a training came to its end, which may be a fault.
  watch(
    idle,
    now => {
      if (now) void attempt(refresh)
    },
    { immediate: true },
  )
  const offered = computed(() => (idle.value ? (waiting.value[0] ?? null) : null))
  const withOffered = (work: (name: string) => Promise<unknown>): Promise<void> =>
    attempt(async () => {
      const name = offered.value?.name
      if (name === undefined) return
      notice.value = null
      try {
        await work(name)
      } finally {
        await refresh()
      }
    })
  return {
    offered,
    others: computed(() => Math.max(0, waiting.value.length - 1)),
    asking,
    resume: () => withOffered(name => client.resumeInterrupted({ name })),
    discard: () => withOffered(name => client.discardInterrupted({ name })),
    putAway: () => {
      away.value = new Set([...away.value, ...waiting.value.map(({ name }) => name)])
      asking.value = false
    },
  }
}

export const useInterrupted: () => InterruptedState = perEngine(createInterrupted)
