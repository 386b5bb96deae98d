import { computed } from 'vue'
import { paletteOf } from '../../shared/drawing/palette.ts'
import { useEngine } from '../engine.ts'
import { useTurning } from '../projection/turning.ts'
import { useSelection } from '../search/selection.ts'
import { usePairs } from '../time/pairs/pairs-state.ts'
import { usePaths } from '../time/paths-state.ts'
import { useExplorer } from './explorer-state.ts'
import { countsOf } from './legend-state.ts'
import type { Scene } from './scene.ts'
import type { Content, Look } from './stage-content.ts'
import { momentOf, titleOf } from './wording.ts'

const noClasses: readonly string[] = []

/** What the scatter shows: the engine's points with the data set's classes, and what a person has chosen to see. */
export function useScatter() {
  const { data, training } = useEngine()
  const {
    colours,
    hidden,
    images,
    horizontal,
    names,
    only,
    projected,
    selected,
    shapes,
    shown,
    thumbnails,
    contours,
    vertical,
  } = useExplorer()
  const { marks } = useSelection()
  const { marks: pairMarks } = usePairs()
  const { drawn } = usePaths()
  const { turnFor } = useTurning()

  const classes = computed(() => data.value?.classes ?? noClasses)
  const palette = computed(() => paletteOf(classes.value.length))
  const counts = computed(() => countsOf(images.value.labels, classes.value.length))
  const size = computed(() => shown.value?.size ?? 2)

  const reduction = computed(() => (projected.value?.values === shown.value?.values ? projected.value : null))
  const scene = computed((): Scene | null => {
    if (shown.value === null || data.value === null) return null
    const { values } = shown.value
    const flat: Scene = {
      values,
      size: size.value,
      count: images.value.count,
      tests: images.value.tests,
      labels: images.value.labels,
      horizontal: size.value === 1 ? 0 : horizontal.value,
      vertical: size.value === 1 ? null : vertical.value,
      reduction: reduction.value ?? undefined,
    }
    return { ...flat, turn: turnFor(flat) }
  })
  const moment = computed(() =>
    shown.value === null ? '' : momentOf(shown.value, training.value.encoder !== null),
  )
  const title = computed(() => titleOf(data.value, size.value, reduction.value))
  const content = computed(
    (): Content => ({
      scene: scene.value,
      classes: classes.value,
      palette: palette.value,
      colours: colours.value,
    }),
  )
  const look = computed((): Look => {
    return {
      hidden: hidden.value,
      only: only.value,
      selected: selected.value,
      shapes: shapes.value || colours.value?.shaped === true,
      names: names.value,
      thumbnails: thumbnails.value,
      contours: contours.value,
      marks: pairMarks.value ?? marks.value,
      paths: drawn.value,
    }
  })
  return {
    classes,
    content,
    counts,
    hidden,
    horizontal,
    look,
    moment,
    names,
    palette,
    shapes,
    size,
    title,
    vertical,
  }
}
