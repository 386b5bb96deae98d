import { effectScope, type ShallowRef, shallowRef, watch } from 'vue'
import type { Correction, Corrections } from '../../shared/contract.ts'
import { type Engine, useEngine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { newestOfEngine } from './newest-of-engine.ts'

/** As many as anyone looks through in one go; the engine tells how many there are in all. */
const most = 500

/** Images whose neighbours disagree with their label. */
export const useSuspects = newestOfEngine(({ client }) => client.suspects({ most }))

/** The corrections of the open data set, and what a person does about them. */
export interface CorrectionsState {
  /** Null until the engine has told. */
  readonly corrections: ShallowRef<Corrections | null>
  readonly fault: ShallowRef<string | null>
  readonly canUndo: ShallowRef<boolean>
  decide(correction: Correction): Promise<void>
  takeBack(one: Pick<Correction, 'split' | 'index'>): Promise<void>
  clear(): Promise<void>
  /** Takes back the last of these, whatever it was. */
  undo(): Promise<void>
}

export function createCorrections({ client, data }: Pick<Engine, 'client' | 'data'>): CorrectionsState {
  const corrections = shallowRef<Corrections | null>(null)
  const fault = shallowRef<string | null>(null)
  const canUndo = shallowRef(false)
  /** The lists before each change. */
  let before: Correction[][] = []

  const listNow = (): Correction[] =>
    (corrections.value?.list ?? []).map(({ original: _, ...correction }) => correction)
  const take = async (ask: () => Promise<Corrections>): Promise<boolean> => {
    try {
      corrections.value = await ask()
      fault.value = null
      return true
    } catch (error) {
      fault.value = errorNotice(error).text
      return false
    }
  }
  const change = async (ask: () => Promise<Corrections>) => {
    const list = listNow()
    if (await take(ask)) before.push(list)
    canUndo.value = before.length > 0
  }
  const put = async (list: readonly Correction[]) => {
    const has = (some: readonly Correction[], { split, index }: Correction) =>
      some.some(one => one.split === split && one.index === index)
    for (const one of listNow()) if (!has(list, one)) await take(() => client.uncorrect(one))
    const now = new Set(listNow().map(one => JSON.stringify(one)))
    for (const one of list) if (!now.has(JSON.stringify(one))) await take(() => client.correct(one))
  }
  watch(
    data,
    (now, last) => {
      if (now === null) return
      // Another data set has corrections of its own; those of this one are the same after a training.
      if (last !== null && (last?.name !== now.name || last.trainCount !== now.trainCount)) before = []
      canUndo.value = before.length > 0
      void take(() => client.corrections())
    },
    { immediate: true },
  )

  return {
    corrections,
    fault,
    canUndo,
    decide: correction => change(() => client.correct(correction)),
    takeBack: ({ split, index }) => change(() => client.uncorrect({ split, index })),
    clear: () => change(() => client.clearCorrections()),
    async undo() {
      const list = before.pop()
      if (list !== undefined) await put(list)
      canUndo.value = before.length > 0
    },
  }
}

const states = new WeakMap<Engine, CorrectionsState>()

/** The engine's one list of corrections: undo outlives the components that show it. */
export function useCorrections(): CorrectionsState {
  const engine = useEngine()
  const known = states.get(engine)
  if (known !== undefined) return known
  const state = effectScope(true).run(() => createCorrections(engine)) as CorrectionsState
  states.set(engine, state)
  return state
}
