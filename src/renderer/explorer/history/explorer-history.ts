import { type ComputedRef, computed, effectScope, shallowRef, watch } from 'vue'
import { type Engine, useEngine } from '../../engine.ts'
import { amend, emptyHistory, entryAt, type History, moveTo, remember } from '../../search/history.ts'
import type { Colouring } from '../colouring/choice.ts'
import { type ExplorerState, useExplorer } from '../explorer-state.ts'
import type { Hidden } from '../legend-state.ts'
import type { PointSet } from '../point-set.ts'
import type { Bounds } from '../scene.ts'
import type { Shown } from '../splits/shown-images.ts'

/** Everything that can be undone, as it was at one time. */
interface Choices {
  readonly splits: Shown
  readonly hidden: Hidden
  readonly selected: PointSet | null
  readonly only: PointSet | null
  readonly colouring: Colouring
  readonly view: Bounds | null
}

const names = ['splits', 'hidden', 'selected', 'only', 'colouring', 'view'] as const

export interface ExplorerHistory {
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  /** What would be undone, for a person: "the selection". Empty where there is nothing. */
  readonly undoWords: ComputedRef<string>
  readonly redoWords: ComputedRef<string>
  undo(): void
  redo(): void
}

/** A selection takes a byte a point. */
const limits = {
  entries: 200,
  bytes: 64_000_000,
  bytesOf: ({ selected, only }: Choices) => (selected?.mask.length ?? 0) + (only?.mask.length ?? 0) + 100,
}

/** A double click's two clicks, or one turn of the wheel after another, are one step. */
const oneStepMs = 400

const words: Record<keyof Choices, string> = {
  splits: 'the images shown',
  hidden: 'the filter',
  selected: 'the selection',
  only: 'the filter',
  colouring: 'the colours',
  view: 'the view',
}

const changed = (a: Choices | undefined, b: Choices | undefined): (keyof Choices)[] =>
  a === undefined || b === undefined ? [] : names.filter(name => a[name] !== b[name])

const wordsOf = (a: Choices | undefined, b: Choices | undefined): string =>
  [...new Set(changed(a, b).map(name => words[name]))].join(' and ')

/** Every change of filter, selection, colours and view can be taken back, and back again. */
export function createExplorerHistory(
  state: ExplorerState,
  data: Engine['data'],
  now: () => number = () => performance.now(),
): ExplorerHistory {
  const current = (): Choices => ({
    splits: state.splits.value,
    hidden: state.hidden.value,
    selected: state.chosen.selected.value,
    only: state.chosen.only.value,
    colouring: state.colouring.value,
    view: state.view.value,
  })
  const history = shallowRef<History<Choices>>(remember(emptyHistory, current(), limits))
  let last = { at: Number.NEGATIVE_INFINITY, what: '' }

  watch(current, () => {
    const [next, at] = [current(), now()]
    const what = changed(entryAt(history.value, 0), next).join()
    if (what === '') return
    const goesOn = (what === 'hidden' || what === 'view') && what === last.what && at - last.at < oneStepMs
    history.value = goesOn ? amend(history.value, next) : remember(history.value, next, limits)
    last = { at, what }
  })
  // What was chosen of other images cannot be had back.
  watch(data, (to, from) => {
    if (from !== null && to?.name === from.name && to.testCount === from.testCount) return
    history.value = remember(emptyHistory, current(), limits)
    last = { at: Number.NEGATIVE_INFINITY, what: '' }
  })

  const go = (step: -1 | 1) => {
    const entry = entryAt(history.value, step)
    if (entry === undefined) return
    history.value = moveTo(history.value, history.value.at + step)
    last = { at: Number.NEGATIVE_INFINITY, what: '' }
    state.splits.value = entry.splits
    state.hidden.value = entry.hidden
    state.selected.value = entry.selected
    state.only.value = entry.only
    state.colouring.value = entry.colouring
    state.view.value = entry.view
  }
  const wordsAt = (step: -1 | 1) =>
    computed(() => wordsOf(entryAt(history.value, step), entryAt(history.value, 0)))
  return {
    canUndo: computed(() => entryAt(history.value, -1) !== undefined),
    canRedo: computed(() => entryAt(history.value, 1) !== undefined),
    undoWords: wordsAt(-1),
    redoWords: wordsAt(1),
    undo: () => go(-1),
    redo: () => go(1),
  }
}

const histories = new WeakMap<Engine, ExplorerHistory>()

/** The engine's one history of the explorer. */
export function useExplorerHistory(): ExplorerHistory {
  const engine = useEngine()
  const state = useExplorer()
  const known = histories.get(engine)
  if (known !== undefined) return known
  const history = effectScope(true).run(() => createExplorerHistory(state, engine.data)) as ExplorerHistory
  histories.set(engine, history)
  return history
}
