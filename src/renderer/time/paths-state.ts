import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Paths, Travellers } from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import type { DrawnPaths } from '../explorer/draw-paths.ts'
import { type ExplorerState, type Projected, useExplorer } from '../explorer/explorer-state.ts'
import { paced } from '../search/paced.ts'
import { perEngine } from '../search/per-engine.ts'
import { type Selection, useSelection } from '../search/selection.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { type TimeState, useTime } from './time-state.ts'

export const pathChoices = [
  { value: 'none', text: 'No paths' },
  { value: 'query', text: 'Path of the query' },
  { value: 'classes', text: 'Paths of the classes' },
] as const
export type PathChoice = (typeof pathChoices)[number]['value']

/** Whose way through the training is drawn. */
export interface PathsState {
  readonly choice: ShallowRef<PathChoice>
  readonly drawn: ComputedRef<DrawnPaths | null>
}

/** While it trains there is a new moment twice a second: the way there is asked for no more often than this, ms. */
const refreshMs = 500

export function createPaths(
  { client, data, notice }: Pick<Engine, 'client' | 'data' | 'notice'>,
  { images, projected, source, shown }: Pick<ExplorerState, 'images' | 'projected' | 'source' | 'shown'>,
  { marks }: Pick<Selection, 'marks'>,
  { at, list }: Pick<TimeState, 'at' | 'list'>,
): PathsState {
  const choice = shallowRef<PathChoice>('none')
  const paths = shallowRef<{ readonly of: Travellers; readonly found: Paths } | null>(null)
  const travellers = computed((): Travellers | null => {
    if (choice.value === 'classes') {
      // Those without a test image have no place to be.
      return { kind: 'classes', labels: Int32Array.from(new Set(data.value?.testLabels)).sort() }
    }
    const asked = marks.value.flatMap(({ asked, place }) =>
      asked && place.kind === 'point' && images.value.imageOf(place.index).split === 'test'
        ? [place.index]
        : [],
    )
    return choice.value === 'none' || asked.length === 0
      ? null
      : { kind: 'images', indices: Int32Array.from(asked) }
  })
  const fetch = async () => {
    const of = travellers.value
    if (of === null || list.value.iterations.length === 0) {
      paths.value = null
      return
    }
    try {
      const found = await client.paths(of)
      if (of === travellers.value) paths.value = { of, found }
    } catch (error) {
      paths.value = null
      // Forgotten meanwhile, or no engine: the list that says so is on its way.
      const passing =
        error instanceof TwinlensError && ['invalid-input', 'engine-crashed'].includes(error.kind)
      if (!passing) notice.value = errorNotice(error)
    }
  }
  const again = paced(fetch, refreshMs)
  watch([travellers, list], () => again.wish())

  /** In the features that are drawn; once for a new way or another projection, and not for every frame of a replay. */
  const placed = computed((): Pick<Paths, 'values' | 'size'> | null => {
    if (paths.value === null || shown.value === null) return null
    const { found } = paths.value
    if (shown.value === source.value) return found
    return projected.value === null ? null : inProjection(found, projected.value)
  })
  const drawn = computed((): DrawnPaths | null => {
    const labels = data.value?.testLabels
    if (paths.value === null || placed.value === null || labels === undefined) return null
    const { of, found } = paths.value
    const classes = of.kind === 'classes' ? of.labels : of.indices.map(index => labels[index] ?? 0)
    const { iterations } = found
    return { ...placed.value, iterations, labels: Uint16Array.from(classes), at: at.value }
  })
  return { choice, drawn }
}

/** What PCA makes of one moment it makes of any: it is linear. A UMAP knows the moment alone that it was made of. */
function inProjection({ values, size }: Paths, projected: Projected): Pick<Paths, 'values' | 'size'> | null {
  if (projected.name !== 'PCA') return null
  const into = new Float32Array((values.length / size) * projected.size)
  for (let i = 0; i * size < values.length; i++)
    into.set(projected.place(values.subarray(i * size, (i + 1) * size)), i * projected.size)
  return { values: into, size: projected.size }
}

/** The engine's one choice of paths: it outlives the components that show it. */
export const usePaths: () => PathsState = perEngine(engine =>
  createPaths(engine, useExplorer(), useSelection(), useTime()),
)
