import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import { mostCompared } from '../../shared/contract/run-library.ts'
import type { NotesChange, RunSummary } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { perEngine } from '../search/per-engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { listed, type RunOrder, titleOf } from './run-columns.ts'

/** The saved runs as the window shows them. */
export interface RunsState {
  /** Null until they are known. */
  readonly runs: ShallowRef<readonly RunSummary[] | null>
  readonly search: ShallowRef<string>
  readonly order: ShallowRef<RunOrder>
  /** Those that the search finds, in order. */
  readonly shown: ComputedRef<readonly RunSummary[]>
  /** The name of the one whose details are shown; null for none. */
  readonly current: ShallowRef<string | null>
  readonly currentRun: ComputedRef<RunSummary | null>
  /** Names of those to compare, in the order in which they were chosen. */
  readonly chosen: ShallowRef<readonly string[]>
  /** The name of a run that is being opened. */
  readonly opening: ShallowRef<string | null>
  refresh(): Promise<void>
  choose(name: string): void
  /** @returns whether it is shown now; what hinders it is told as a notice */
  open(name: string): Promise<boolean>
  describe(name: string, notes: NotesChange): Promise<void>
  remove(name: string): Promise<void>
}

export function createRuns({ client, notice, training }: Engine): RunsState {
  const runs = shallowRef<readonly RunSummary[] | null>(null)
  const search = shallowRef('')
  const order = shallowRef<RunOrder>({ column: 'created', direction: 'descending' })
  const current = shallowRef<string | null>(null)
  const chosen = shallowRef<readonly string[]>([])
  const opening = shallowRef<string | null>(null)
  const shown = computed(() => listed(runs.value ?? [], search.value, order.value))

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      notice.value = errorNotice(error)
      return false
    }
  }
  /** How often was asked for the list, and how often notes were changed: an answer may be older than either. */
  let [asked, changed] = [0, 0]
  const refresh = async () => {
    await attempt(async () => {
      const own = ++asked
      let [list, before]: [readonly RunSummary[], number] = [[], -1]
      while (before !== changed) {
        before = changed
        list = await client.runs()
        if (own !== asked) return
      }
      runs.value = list
      const there = new Set(runs.value.map(({ name }) => name))
      chosen.value = chosen.value.filter(name => there.has(name))
      if (current.value !== null && !there.has(current.value)) current.value = null
    })
  }
  // Where the list is known it is kept up to date: a run is saved when its training ends.
  watch(
    () => training.value.folder,
    () => {
      if (runs.value !== null) void refresh()
    },
  )
  const undo = async (binned: string) => {
    await attempt(async () => {
      const { name } = await client.restoreRun({ binned })
      await refresh()
      current.value = name
    })
  }
  return {
    ...{ runs, search, order, shown, current, chosen, opening, refresh },
    currentRun: computed(() => runs.value?.find(({ name }) => name === current.value) ?? null),
    choose: name => {
      if (chosen.value.includes(name)) chosen.value = chosen.value.filter(one => one !== name)
      else if (chosen.value.length < mostCompared) chosen.value = [...chosen.value, name]
      else
        notice.value = {
          tone: 'information',
          text: `Up to ${mostCompared} runs are compared at once. Leave one out to choose another.`,
        }
    },
    open: async name => {
      opening.value = name
      const opened = await attempt(async () => {
        await client.openRun({ name })
        notice.value = null
      })
      opening.value = null
      return opened
    },
    describe: async (name, notes) => {
      await attempt(async () => {
        const described = await client.describeRun({ name, notes })
        changed++
        runs.value = runs.value?.map(run => (run.name === name ? described : run)) ?? null
      })
    },
    remove: async name => {
      const run = runs.value?.find(one => one.name === name)
      await attempt(async () => {
        const { binned, bin } = await client.deleteRun({ name })
        await refresh()
        notice.value = {
          tone: 'information',
          text: `“${run === undefined ? name : titleOf(run)}” was moved to the bin: ${bin}.`,
          action: { label: 'Undo', act: () => void undo(binned) },
        }
      })
    },
  }
}

export const useRuns: () => RunsState = perEngine(createRuns)
