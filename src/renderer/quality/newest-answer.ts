import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import type { Points } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { isActive } from '../engine-session.ts'
import { errorNotice } from '../ui/error-notice.ts'

/** What the engine answers of the newest points, kept up to date while anyone looks. */
export interface NewestAnswer<T> {
  /** Null while nothing has been learned. */
  readonly answer: ShallowRef<T | null>
  readonly pending: ShallowRef<boolean>
  readonly fault: ShallowRef<string | null>
  /** Keeps it up to date until the signal aborts. */
  follow(signal: AbortSignal): void
}

/** While points move, the next question waits so long after an answer: a training is not to be slowed by being looked at. */
export const restMs = 3000

/** @param ask must answer of the newest points there are */
export function createNewestAnswer<T>(
  { points, training }: Pick<Engine, 'points' | 'training'>,
  ask: () => Promise<T>,
): NewestAnswer<T> {
  const answer = shallowRef<T | null>(null)
  const pending = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  let followers = 0
  let asked: Points | null = null
  let resting: ReturnType<typeof setTimeout> | undefined

  const refresh = async () => {
    const now = points.value
    if (now === null) answer.value = null
    if (now === null || now === asked || pending.value || followers === 0) return
    if (resting !== undefined && isActive(training.value) && training.value.phase !== 'paused') return
    asked = now
    pending.value = true
    try {
      const came = await ask()
      fault.value = null
      // What it was of may be gone by now.
      answer.value = points.value === null ? null : came
    } catch (error) {
      fault.value = errorNotice(error).text
    }
    pending.value = false
    clearTimeout(resting)
    resting = setTimeout(() => {
      resting = undefined
      void refresh()
    }, restMs)
    // A training that came to its end meanwhile is not waited for.
    void refresh()
  }
  watch([points, () => training.value.phase], refresh)

  return {
    answer,
    pending,
    fault,
    follow(signal) {
      followers++
      signal.addEventListener('abort', () => {
        followers--
      })
      void refresh()
    },
  }
}

/** Follows for as long as the component lives that calls this. */
export function followWhileMounted<T>(newest: NewestAnswer<T>): NewestAnswer<T> {
  const gone = new AbortController()
  newest.follow(gone.signal)
  onScopeDispose(() => gone.abort())
  return newest
}
