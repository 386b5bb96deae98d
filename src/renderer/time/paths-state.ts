import { type ComputedRef, computed, effectScope, type ShallowRef, shallowRef, watch } from 'vue'
import type { Paths, Travellers } from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import { type Engine, useEngine } from '../engine.ts'
import type { DrawnPaths } from '../explorer/draw-paths.ts'
import { type ExplorerState, useExplorer } from '../explorer/explorer-state.ts'
import { paced } from '../search/paced.ts'
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
  { source, shown }: Pick<ExplorerState, 'source' | 'shown'>,
  { marks }: Pick<Selection, 'marks'>,
  { at, list }: Pick<TimeState, 'at' | 'list'>,
): PathsState {
  const choice = shallowRef<PathChoice>('none')
  const paths = shallowRef<{ readonly of: Travellers; readonly found: Paths } | null>(null)
  const travellers = computed((): Travellers | null => {
    if (choice.value === 'classes') {
      const labels = Int32Array.from(data.value?.classes.keys() ?? [])
      return { kind: 'classes', labels }
    }
    const asked = marks.value.flatMap(({ asked, place }) =>
      asked && place.kind === 'test' ? [place.index] : [],
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
      const found = await client.paths(presentClasses(of, data.value?.testLabels))
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

  const drawn = computed((): DrawnPaths | null => {
    const labels = data.value?.testLabels
    // A projection was made of one moment: the way to it is not in its features.
    if (paths.value === null || labels === undefined || shown.value !== source.value) return null
    const { of, found } = paths.value
    const { values, size, iterations } = found
    const classes =
      of.kind === 'classes' ? presentClasses(of, labels).labels : of.indices.map(index => labels[index] ?? 0)
    return { values, size, iterations, labels: Uint16Array.from(classes), at: at.value }
  })
  return { choice, drawn }
}

/** Classes without a test image have no place to be. */
function presentClasses<T extends Travellers>(of: T, testLabels: Uint16Array | undefined): T {
  if (of.kind === 'images') return of
  const present = new Set(testLabels)
  return { ...of, labels: of.labels.filter(label => present.has(label)) }
}

const states = new WeakMap<Engine, PathsState>()

/** The engine's one choice of paths: it outlives the components that show it. */
export function usePaths(): PathsState {
  const engine = useEngine()
  const parts = [useExplorer(), useSelection(), useTime()] as const
  const known = states.get(engine)
  if (known !== undefined) return known
  const state = effectScope(true).run(() => createPaths(engine, ...parts)) as PathsState
  states.set(engine, state)
  return state
}
