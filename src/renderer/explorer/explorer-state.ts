import {
  type ComputedRef,
  computed,
  effectScope,
  type Ref,
  type ShallowRef,
  shallowRef,
  type WritableComputedRef,
  watch,
} from 'vue'
import type { Points, TrainPoints } from '../../shared/contract.ts'
import { mostHues } from '../../shared/drawing/palette.ts'
import { sameImages } from '../datasets/same-images.ts'
import { type Engine, useEngine } from '../engine.ts'
import { byClass, type Colouring } from './colouring/choice.ts'
import type { Contouring } from './contours/contour-view.ts'
import type { Hidden } from './legend-state.ts'
import type { PointColours } from './point-colours.ts'
import type { PointSet } from './point-set.ts'
import type { Bounds, Reduction } from './scene.ts'
import { type Shown, type ShownImages, shownImages } from './splits/shown-images.ts'
import { withTrain } from './splits/with-train.ts'

/** A moment of the past, shown in place of the newest points. */
export interface Moment {
  readonly points: Points
  /** For a person: "iteration 1,200". */
  readonly words: string
}

/** Fewer features made of the shown points, drawn in their place. */
export interface Projected extends Reduction {
  /** The points that it was made of: others make it stale. */
  readonly of: Points
  /** [points, size] */
  readonly values: Float32Array
  readonly size: number
}

/** What a person has chosen to see of the embedding, shared by every view that shows points. */
export interface ExplorerState {
  /** Null: the newest points. */
  readonly moment: ShallowRef<Moment | null>
  readonly projected: ShallowRef<Projected | null>
  /** Which images are asked for. */
  readonly splits: ShallowRef<Shown>
  /** Where the training images fell, while that is known and asked for. */
  readonly train: ShallowRef<TrainPoints | null>
  /** Which image each point is of: of training images there are points only at a training's end. */
  readonly images: ComputedRef<ShownImages>
  /** The points of the moment that is looked at, as the network gave them. */
  readonly source: ComputedRef<Points | null>
  /** What is drawn: the source, or its projection, which may be of a moment before. */
  readonly shown: ComputedRef<Points | null>
  readonly hidden: ShallowRef<Hidden>
  /** Picked out; the others are grey while there are any. */
  readonly selected: WritableComputedRef<PointSet | null>
  /** "Only these": the others are not there. Null: all are. */
  readonly only: WritableComputedRef<PointSet | null>
  /** These two as they were chosen, whichever images are shown meanwhile: what undo and the settings keep. */
  readonly chosen: Record<'selected' | 'only', ShallowRef<PointSet | null>>
  readonly colouring: ShallowRef<Colouring>
  /** Made of what `colouring` asks for, once that is known. Null: by class. */
  readonly colours: ShallowRef<PointColours | null>
  /** What is in sight, in the drawn features; null: everything, whatever comes. */
  readonly view: ShallowRef<Bounds | null>
  /** A shape for every class beside its colour. */
  readonly shapes: ShallowRef<boolean>
  /** Names at the classes' centres. */
  readonly names: ShallowRef<boolean>
  /** Points as their images once one has zoomed in far enough. */
  readonly thumbnails: ShallowRef<boolean>
  readonly contours: ShallowRef<Contouring>
  /** Features drawn to the right and upwards, from 0. */
  readonly horizontal: ShallowRef<number>
  readonly vertical: ShallowRef<number>
  /** Whether what is selected is shown along the foot of the scatter. */
  readonly filmstrip: ShallowRef<boolean>
  /** What the pointer does in the scatter. */
  readonly tool: ShallowRef<Tool>
  /** What becomes of the points that a tool finds. */
  readonly mode: ShallowRef<Mode>
}

export type Tool = 'move' | 'lasso' | 'box' | 'turn'
/** Those that pick points out. */
export type SelectTool = 'lasso' | 'box'
export type Mode = 'new' | 'add' | 'subtract'

export function createExplorerState({ data, points }: Pick<Engine, 'data' | 'points'>): ExplorerState {
  const moment = shallowRef<Moment | null>(null)
  const projected = shallowRef<Projected | null>(null)
  const hidden = shallowRef<Hidden>(new Set())
  const colouring = shallowRef<Colouring>(byClass)
  const colours = shallowRef<PointColours | null>(null)
  const view = shallowRef<Bounds | null>(null)
  const shapes = shallowRef(false)
  const names = shallowRef(true)
  const thumbnails = shallowRef(true)
  const contours = shallowRef<Contouring>('none')
  const horizontal = shallowRef(0)
  const vertical = shallowRef(1)
  const filmstrip = shallowRef(true)
  const tool = shallowRef<Tool>('move')
  const mode = shallowRef<Mode>('new')
  const splits = shallowRef<Shown>('test')
  const train = shallowRef<TrainPoints | null>(null)
  /** Both beside each other, once for a training. */
  const joined = computed(() => {
    const [now, others] = [points.value, train.value]
    if (splits.value !== 'both' || moment.value !== null || now === null || others === null) return null
    return withTrain(now, others)
  })
  const source = computed(() => moment.value?.points ?? joined.value ?? points.value)
  const images = computed(() =>
    shownImages(
      data.value?.testLabels ?? new Uint16Array(0),
      joined.value === null ? null : (train.value?.labels ?? null),
    ),
  )
  const chosen = {
    selected: shallowRef<PointSet | null>(null),
    only: shallowRef<PointSet | null>(null),
  }
  const fitted = (set: Ref<PointSet | null>) =>
    computed({
      get: () => (data.value === null ? set.value : (set.value?.among(images.value.count) ?? null)),
      set: now => {
        set.value = now
      },
    })
  const selected = fitted(chosen.selected)
  const only = fitted(chosen.only)
  const shown = computed((): Points | null => {
    const now = source.value
    const made = projected.value
    if (now === null || made === null) return now
    // One that is behind stays on show, as the moment that it was made of; of other images it would mean nothing.
    const samePoints = now.values.length / now.size === made.values.length / made.size
    return samePoints ? { ...made.of, values: made.values, size: made.size } : now
  })
  // What was chosen of other images is worth nothing for these.
  watch(data, (now, before) => {
    // Training images are others, though the test images may be the same.
    if (now?.trainCount !== before?.trainCount) train.value = null
    if (before !== null && sameImages(now, before)) return
    hidden.value = new Set()
    colouring.value = byClass
    for (const chosen of [moment, projected, selected, only, colours, view]) chosen.value = null
  })
  watch(
    data,
    now => {
      if ((now?.classes.length ?? 0) > mostHues) shapes.value = true
    },
    { immediate: true },
  )
  watch(
    () => shown.value?.size ?? 2,
    most => {
      if (Math.max(horizontal.value, vertical.value) >= most) [horizontal.value, vertical.value] = [0, 1]
    },
    { flush: 'sync' },
  )
  return {
    ...{ moment, projected, splits, train, images, source, shown, hidden, selected, only, chosen },
    ...{ colouring, colours, view },
    ...{ shapes, names, thumbnails, contours, horizontal, vertical, filmstrip, tool, mode },
  }
}

const states = new WeakMap<Engine, ExplorerState>()

/** The engine's one explorer state: it outlives the components that show it. */
export function useExplorer(): ExplorerState {
  const engine = useEngine()
  const known = states.get(engine)
  if (known !== undefined) return known
  const state = effectScope(true).run(() => createExplorerState(engine)) as ExplorerState
  states.set(engine, state)
  return state
}
