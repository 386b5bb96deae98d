import { type ComputedRef, computed } from 'vue'
import { type Mode, useExplorer } from '../explorer-state.ts'
import { PointSet } from '../point-set.ts'
import { combine, type IsShown, pointsWhere } from './choices.ts'

export interface Selecting {
  /** How many points there are, seen or not. */
  readonly points: ComputedRef<number>
  readonly isShown: ComputedRef<IsShown>
  /** Every point that is there to be seen. */
  readonly visible: ComputedRef<PointSet>
  /** Takes points that were found, by the mode that is set unless another is given. */
  take(found: PointSet, mode?: Mode): void
  all(): void
  none(): void
  /** Of the points that are there to be seen, those that were not selected. */
  invert(): void
  toggle(index: number): void
  /** The points of one class that are there to be seen. */
  ofClass(label: number, mode?: Mode): void
  /** Those of a point's own class. */
  classOf(index: number): void
}

/** What can be done to the selection; only points that are there to be seen count. */
export function useSelecting(): Selecting {
  const { hidden, images, mode, only, selected } = useExplorer()
  const points = computed(() => images.value.count)
  const labels = computed(() => images.value.labels)
  const isShown = computed((): IsShown => {
    const [classes, set, of] = [hidden.value, only.value, labels.value]
    return index => !classes.has(of[index] as number) && (set === null || set.has(index))
  })
  const visible = computed(() => pointsWhere(points.value, isShown.value))
  const take = (found: PointSet, how = mode.value) => {
    selected.value = combine(selected.value, found.intersection(visible.value), how)
  }
  const ofClass = (label: number, how?: Mode) =>
    take(
      pointsWhere(points.value, index => labels.value[index] === label),
      how,
    )
  return {
    points,
    isShown,
    visible,
    take,
    all: () => take(visible.value, 'new'),
    none: () => {
      selected.value = null
    },
    invert: () => take(selected.value === null ? visible.value : visible.value.minus(selected.value), 'new'),
    toggle: index => {
      const remove = selected.value?.has(index) === true
      take(PointSet.of(points.value, [index]), remove ? 'subtract' : 'add')
    },
    ofClass,
    classOf: index => {
      const label = labels.value[index]
      if (label !== undefined) ofClass(label)
    },
  }
}
