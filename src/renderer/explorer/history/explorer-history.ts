import { type ComputedRef, computed, effectScope, shallowRef, watch } from 'vue'
import { type Engine, useEngine } from '../../engine.ts'
import { type KeptProjection, type Projection, useProjection } from '../../projection/projection-state.ts'
import { type Turning, useTurning } from '../../projection/turning.ts'
import { amend, emptyHistory, entryAt, type History, moveTo, remember } from '../../search/history.ts'
import type { Colouring } from '../colouring/choice.ts'
import { type ExplorerState, useExplorer } from '../explorer-state.ts'
import type { Hidden } from '../legend-state.ts'
import type { PointSet } from '../point-set.ts'
import type { Bounds } from '../scene.ts'
import type { Shown } from '../splits/shown-images.ts'
import type { Rotation } from '../turn.ts'

/** Everything that can be undone, as it was at one time. */
interface Choices {
  readonly splits: Shown
  readonly hidden: Hidden
  readonly selected: PointSet | null
  readonly only: PointSet | null
  readonly colouring: Colouring
  readonly method: Projection['method']['value']
  readonly dimensions: 2 | 3
  readonly horizontal: number
  readonly vertical: number
  readonly rotation: Rotation
  readonly view: Bounds | null
  /** What came of the method: shown again at once. */
  readonly projection: KeptProjection
}

const names = [
  'splits',
  'hidden',
  'selected',
  'only',
  'colouring',
  'method',
  'dimensions',
  'horizontal',
  'vertical',
  'rotation',
  'view',
] as const
type Name = (typeof names)[number]

export interface ExplorerHistory {
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  /** What would be undone, for a person: "the selection". Empty where there is nothing. */
  readonly undoWords: ComputedRef<string>
  readonly redoWords: ComputedRef<string>
  undo(): void
  redo(): void
}

/** A selection takes a byte a point, a projection four for each of its dimensions. */
const limits = {
  entries: 200,
  bytes: 64_000_000,
  bytesOf: ({ selected, only, projection }: Choices) =>
    (selected?.mask.length ?? 0) +
    (only?.mask.length ?? 0) +
    (projection.projected?.values.byteLength ?? 0) +
    100,
}

/** A double click's two clicks, or one turn of the wheel after another, are one step. */
const oneStepMs = 400

const words: Record<Name, string> = {
  splits: 'the images shown',
  hidden: 'the filter',
  selected: 'the selection',
  only: 'the filter',
  colouring: 'the colours',
  method: 'the projection',
  dimensions: 'the projection',
  horizontal: 'the axes',
  vertical: 'the axes',
  rotation: 'the turn',
  view: 'the view',
}

/** Changes that a hand makes bit by bit. */
const gradual: readonly string[] = ['hidden', 'view', 'rotation']

/** A projection has axes of its own, and other axes show all there is, each a moment later: no steps of their own. */
function followsFrom(
  before: string,
  what: readonly Name[],
  { horizontal, vertical, view }: Choices,
): boolean {
  const projected = /method|dimensions/.test(before)
  return what.every(name => {
    if (name === 'view') return view === null && (projected || /horizontal|vertical/.test(before))
    if (name === 'horizontal' || name === 'vertical') return projected && horizontal === 0 && vertical === 1
    return false
  })
}

const changed = (a: Choices | undefined, b: Choices | undefined): Name[] =>
  a === undefined || b === undefined ? [] : names.filter(name => a[name] !== b[name])

const wordsOf = (a: Choices | undefined, b: Choices | undefined): string =>
  [...new Set(changed(a, b).map(name => words[name]))].join(' and ')

/** Every change of filter, selection, colours, projection and view can be taken back, and back again. */
export function createExplorerHistory(
  state: ExplorerState,
  { projection, turning }: { readonly projection: Projection; readonly turning: Turning },
  data: Engine['data'],
  now: () => number = () => performance.now(),
): ExplorerHistory {
  const current = (): Choices => ({
    splits: state.splits.value,
    hidden: state.hidden.value,
    selected: state.chosen.selected.value,
    only: state.chosen.only.value,
    colouring: state.colouring.value,
    method: projection.method.value,
    dimensions: projection.dimensions.value,
    horizontal: state.horizontal.value,
    vertical: state.vertical.value,
    rotation: turning.rotation.value,
    view: state.view.value,
    projection: projection.keep(),
  })
  const history = shallowRef<History<Choices>>(remember(emptyHistory, current(), limits))
  let last = { at: Number.NEGATIVE_INFINITY, what: '' }

  watch(current, () => {
    const [next, at] = [current(), now()]
    const names = changed(entryAt(history.value, 0), next)
    const what = names.join()
    if (what === '') return
    const follows = followsFrom(last.what, names, next)
    const goesOn = follows || (gradual.includes(what) && what === last.what && at - last.at < oneStepMs)
    history.value = goesOn ? amend(history.value, next) : remember(history.value, next, limits)
    last = { at, what: follows ? last.what : what }
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
    // With what has come of its projection since.
    history.value = moveTo(amend(history.value, current()), history.value.at + step)
    last = { at: Number.NEGATIVE_INFINITY, what: '' }
    state.splits.value = entry.splits
    state.hidden.value = entry.hidden
    state.selected.value = entry.selected
    state.only.value = entry.only
    state.colouring.value = entry.colouring
    projection.restore(entry.projection)
    state.horizontal.value = entry.horizontal
    state.vertical.value = entry.vertical
    // The turn after what it would be reset by.
    turning.rotation.value = entry.rotation
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
  const seen = { projection: useProjection(), turning: useTurning() }
  const history = effectScope(true).run(() =>
    createExplorerHistory(state, seen, engine.data),
  ) as ExplorerHistory
  histories.set(engine, history)
  return history
}
