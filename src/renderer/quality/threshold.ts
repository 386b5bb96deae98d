import {
  type ComputedRef,
  computed,
  effectScope,
  type ShallowRef,
  shallowRef,
  type WritableComputedRef,
  watch,
} from 'vue'
import { type Engine, useEngine } from '../engine.ts'
import { type Preset, presetOf } from '../search/verdict.ts'

/** The distance up to which two images count as similar, for every part of the window that judges pairs. */
export interface Threshold {
  /** What it is while a person has not moved it, and why; null before a training. */
  readonly preset: ComputedRef<Preset | null>
  /** Where a person has put it; null leaves it at the preset. */
  readonly moved: ShallowRef<number | null>
  /** What holds; null before a training. Writing it moves it. */
  readonly value: WritableComputedRef<number | null>
}

export function createThreshold({ training }: Pick<Engine, 'training'>): Threshold {
  const preset = computed(() => presetOf(training.value))
  const moved = shallowRef<number | null>(null)
  // Distances of another network are not these.
  watch(
    () => training.value.training,
    () => {
      moved.value = null
    },
  )
  const value = computed({
    get: () => moved.value ?? preset.value?.threshold ?? null,
    set: threshold => {
      moved.value = threshold
    },
  })
  return { preset, moved, value }
}

const thresholds = new WeakMap<Engine, Threshold>()

/** The engine's one threshold: it outlives the components that show it. */
export function useThreshold(): Threshold {
  const engine = useEngine()
  const known = thresholds.get(engine)
  if (known !== undefined) return known
  const threshold = effectScope(true).run(() => createThreshold(engine)) as Threshold
  thresholds.set(engine, threshold)
  return threshold
}
