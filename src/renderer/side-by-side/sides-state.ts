import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { MomentRef, SavedRun, SideBySide } from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import { paced } from '../search/paced.ts'
import { perEngine } from '../search/per-engine.ts'
import { nearestMoment } from '../time/between.ts'
import { type TimeState, useTime } from '../time/time-state.ts'
import { errorNotice } from '../ui/error-notice.ts'

/** Of which run, and at which iteration; null is its newest moment, or its end. */
export interface Side {
  /** Null: the training of this window; otherwise the name of a saved run. */
  readonly run: string | null
  readonly iteration: number | null
}
export const sideNames = ['left', 'right'] as const
export type SideName = (typeof sideNames)[number]

/** How many of each point's nearest neighbours are compared. */
export const neighbourCounts = [5, 10, 20, 50] as const

/** Two embeddings that are looked at together. */
export interface SidesState {
  readonly sides: Readonly<Record<SideName, ShallowRef<Side>>>
  /** Iterations of the moments that can be chosen on each side, the end not among them. */
  readonly moments: Readonly<Record<SideName, ShallowRef<Int32Array>>>
  readonly runs: ShallowRef<readonly SavedRun[]>
  readonly result: ShallowRef<SideBySide | null>
  /** Whether there is something to show on both sides. */
  readonly possible: ComputedRef<boolean>
  readonly busy: ShallowRef<boolean>
  /** What went wrong, for a person. */
  readonly fault: ShallowRef<string | null>
  /** Whether the right one is laid over the left. */
  readonly aligned: ShallowRef<boolean>
  readonly count: ShallowRef<number>
  readonly colourBy: ShallowRef<'class' | 'kept'>
  /** The point under the pointer on either side; -1 none. */
  readonly pointed: ShallowRef<number>
  /** The point whose neighbours are listed while none is pointed at; -1 none. */
  readonly held: ShallowRef<number>
  /** Looks for saved runs anew. */
  listRuns(): Promise<void>
  /** Keeps up with what is chosen for as long as someone looks. @returns ends it */
  follow(): () => void
}

/** All neighbours of all points: while it trains not more often than this, ms. */
const refreshMs = 5000

export function createSides(
  { client, data, points }: Pick<Engine, 'client' | 'data' | 'points'>,
  { list }: Pick<TimeState, 'list'>,
): SidesState {
  const sides = {
    left: shallowRef<Side>({ run: null, iteration: 0 }),
    right: shallowRef<Side>({ run: null, iteration: null }),
  }
  const none: Int32Array = new Int32Array(0)
  const moments = { left: shallowRef<Int32Array>(none), right: shallowRef<Int32Array>(none) }
  const runs = shallowRef<readonly SavedRun[]>([])
  const result = shallowRef<SideBySide | null>(null)
  const busy = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  const count = shallowRef<number>(10)
  const [pointed, held] = [shallowRef(-1), shallowRef(-1)]
  const watchers = shallowRef(0)
  let running = new AbortController()

  const refOf = ({ run, iteration }: Side): MomentRef => {
    if (run !== null) return { kind: 'run', run, iteration }
    if (iteration === null) return { kind: 'now' }
    // The list is thinned out as it grows.
    const { training, iterations } = list.value
    return {
      kind: 'training',
      training,
      iteration: iterations[nearestMoment(iterations, iteration)] ?? iteration,
    }
  }
  /** Before the first training of this window only saved runs have something to show. */
  const possible = computed(
    () => list.value.iterations.length > 0 || sideNames.every(name => sides[name].value.run !== null),
  )
  const compare = async () => {
    if (watchers.value === 0 || data.value === null || !possible.value) return
    const [first, second] = [refOf(sides.left.value), refOf(sides.right.value)]
    const { signal } = running
    busy.value = true
    try {
      const found = await client.sideBySide({ first, second, neighbours: count.value }, { signal })
      if (signal.aborted) return
      result.value = found
      fault.value = null
    } catch (error) {
      if (error instanceof TwinlensError && error.kind === 'cancelled') return
      result.value = null
      fault.value = errorNotice(error).text
    } finally {
      if (!signal.aborted) busy.value = false
    }
  }
  /** Something else was chosen: what is under way is for nothing. */
  const anew = () => {
    running.abort()
    running = new AbortController()
    void compare()
  }
  const again = paced(compare, refreshMs)
  watch([sides.left, sides.right, count, watchers, possible], anew)
  watch(points, () => {
    if (sideNames.some(name => sides[name].value.run === null && sides[name].value.iteration === null))
      again.wish()
  })
  watch(data, () => {
    pointed.value = -1
    held.value = -1
    result.value = null
    anew()
  })
  for (const name of sideNames) {
    watch(
      [sides[name], list],
      async ([{ run }, { iterations }], before) => {
        if (run === null) moments[name].value = iterations.slice(0, -1)
        else if (run !== before[0]?.run) {
          moments[name].value = none
          const found = await client.runMoments({ run }).catch(() => none) // the comparison tells what is wrong with it
          if (sides[name].value.run === run) moments[name].value = found
        }
      },
      { immediate: true },
    )
  }
  return {
    ...{ sides, moments, runs, result, possible, busy, fault, count, pointed, held },
    aligned: shallowRef(true),
    colourBy: shallowRef<'class' | 'kept'>('class'),
    listRuns: async () => {
      try {
        runs.value = await client.savedRuns()
      } catch (error) {
        fault.value = errorNotice(error).text
      }
    },
    follow: () => {
      watchers.value++
      return () => {
        watchers.value--
      }
    },
  }
}

export const useSides: () => SidesState = perEngine(engine => createSides(engine, useTime()))
