import { computed, shallowRef, watch } from 'vue'
import { useEngine } from '../engine.ts'
import { useSelection } from '../search/selection.ts'
import { countsOf, type Hidden } from './legend-state.ts'
import { paletteOf } from './palette.ts'
import type { Content, Look } from './scatter-stage.ts'
import type { Scene } from './scene.ts'

const noClasses: readonly string[] = []

/** What the scatter shows: the engine's points with the data set's classes, and what a person has chosen to see. */
export function useScatter() {
  const { data, points } = useEngine()
  const { marks } = useSelection()
  const hidden = shallowRef<Hidden>(new Set())
  const shapes = shallowRef(false)
  const names = shallowRef(true)
  const horizontal = shallowRef(0)
  const vertical = shallowRef(1)

  const classes = computed(() => data.value?.classes ?? noClasses)
  const palette = computed(() => paletteOf(classes.value.length))
  const counts = computed(() => countsOf(data.value?.testLabels ?? new Uint16Array(0), classes.value.length))
  const size = computed(() => points.value?.size ?? 2)
  watch(classes, () => {
    hidden.value = new Set()
  })
  watch(
    size,
    most => {
      if (Math.max(horizontal.value, vertical.value) >= most) [horizontal.value, vertical.value] = [0, 1]
    },
    { flush: 'sync' },
  )

  const scene = computed((): Scene | null => {
    if (points.value === null || data.value === null) return null
    const { values } = points.value
    return {
      values,
      size: size.value,
      count: data.value.testLabels.length,
      labels: data.value.testLabels,
      horizontal: size.value === 1 ? 0 : horizontal.value,
      vertical: size.value === 1 ? null : vertical.value,
    }
  })
  const content = computed(
    (): Content => ({ scene: scene.value, classes: classes.value, palette: palette.value }),
  )
  const look = computed((): Look => {
    return { hidden: hidden.value, shapes: shapes.value, names: names.value, marks: marks.value }
  })
  return { classes, content, counts, hidden, horizontal, look, names, palette, shapes, size, vertical }
}
