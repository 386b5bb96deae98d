import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Points } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { type ExplorerState, type Projected, useExplorer } from '../explorer/explorer-state.ts'
import { perEngine } from '../search/per-engine.ts'
import { type Components, project } from './pca.ts'
import { placeByNeighbours } from './place-by-neighbours.ts'
import { type Made, Projector } from './projector.ts'
import type { UmapProgress, UmapSettings } from './umap.ts'
import { type UmapTexts, umapDefaults, umapSettings } from './umap-fields.ts'
import { componentName } from './wording.ts'

export type Method = 'features' | 'pca' | 'umap'

/** A UMAP under way. */
export interface Working extends UmapProgress {
  /** When its step began, ms since the page was opened. */
  readonly since: number
}

/** What is chosen, and what came of it. */
export interface KeptProjection {
  readonly method: Method
  readonly dimensions: 2 | 3
  readonly projected: Projected | null
  readonly components: Components | null
  readonly made: UmapSettings | null
}

export interface Projection {
  readonly method: ShallowRef<Method>
  readonly dimensions: ShallowRef<2 | 3>
  readonly texts: ShallowRef<UmapTexts>
  /** What can be made: null for two features or fewer, which need none. */
  readonly possible: ComputedRef<boolean>
  /** The components that are shown, with PCA. */
  readonly components: ShallowRef<Components | null>
  readonly working: ShallowRef<Working | null>
  /** Why the last one was not made. */
  readonly failed: ShallowRef<string | null>
  /** The settings of the UMAP that is shown; null while none is. */
  readonly made: ShallowRef<UmapSettings | null>
  /** What is shown was made of other points than those of the moment. */
  readonly stale: ComputedRef<boolean>
  makeUmap(): Promise<void>
  cancel(): void
  /** As it is now. */
  keep(): KeptProjection
  /** Chooses what was chosen then. What came of it is shown at once, unless it is of another training's points. */
  restore(kept: KeptProjection): void
}

/** How the embedding is brought into two or three dimensions; what comes of it is the explorer's `projected`. */
export function createProjection(
  { projected, source }: Pick<ExplorerState, 'projected' | 'source'>,
  projector: Projector = new Projector(),
): Projection {
  const method = shallowRef<Method>('features')
  const dimensions = shallowRef<2 | 3>(2)
  const texts = shallowRef<UmapTexts>(umapDefaults)
  const components = shallowRef<Components | null>(null)
  const working = shallowRef<Working | null>(null)
  const failed = shallowRef<string | null>(null)
  const made = shallowRef<UmapSettings | null>(null)
  const size = computed(() => source.value?.size ?? 0)
  const possible = computed(() => size.value > 2)
  let busy = false
  let restoring = false

  const drop = () => {
    projector.cancel()
    projected.value = null
    components.value = null
    made.value = null
    failed.value = null
  }

  /** Of the newest points, again and again until they are those of the moment. */
  const followComponents = async () => {
    if (busy) return
    busy = true
    try {
      for (let of = source.value; of !== null && of !== projected.value?.of; of = source.value) {
        if (method.value !== 'pca' || !possible.value) break
        const { values, size } = of
        const ask = {
          kind: 'pca',
          values,
          size,
          dimensions: dimensions.value,
          before: components.value,
        } as const
        const answer = await projector.make(ask)
        if (answer?.components == null || method.value !== 'pca' || ask.dimensions !== dimensions.value)
          continue
        components.value = answer.components
        projected.value = byComponents(of, answer, answer.components)
      }
    } catch (error) {
      failed.value = wordsOf(error)
    } finally {
      busy = false
    }
  }

  const makeUmap = async () => {
    const of = source.value
    const settings = umapSettings(texts.value, dimensions.value)
    if (of === null || settings === null || !possible.value) return
    const points = of.values.length / of.size
    failed.value = null
    if (points <= settings.neighbours + 1) {
      failed.value = `There are ${points} points: fewer neighbours can be asked for.`
      return
    }
    working.value = { step: 'neighbours', share: 0, since: performance.now() }
    const tell = (progress: UmapProgress) => {
      const since = working.value?.step === progress.step ? working.value.since : performance.now()
      working.value = { ...progress, since }
    }
    try {
      const answer = await projector.make({ kind: 'umap', values: of.values, size: of.size, settings }, tell)
      if (answer === null || method.value !== 'umap' || source.value?.training !== of.training) return
      made.value = settings
      projected.value = byUmap(of, answer, settings)
    } catch (error) {
      failed.value = wordsOf(error)
    } finally {
      working.value = null
    }
  }

  const keep = (): KeptProjection => ({
    method: method.value,
    dimensions: dimensions.value,
    projected: projected.value,
    components: components.value,
    made: made.value,
  })
  const restore = (kept: KeptProjection) => {
    const now = keep()
    if (now.method === kept.method && now.dimensions === kept.dimensions) return
    restoring = true
    drop()
    method.value = kept.method
    dimensions.value = kept.dimensions
    const fits = kept.projected !== null && kept.projected.of.training === source.value?.training
    if (fits && kept.projected?.of.size === size.value) {
      projected.value = kept.projected
      components.value = kept.components
      made.value = kept.made
    }
    restoring = false
    void followComponents()
  }

  const choose = () => {
    if (restoring) return
    drop()
    void followComponents()
  }
  watch([method, dimensions], choose, { flush: 'sync' })
  // A UMAP of another training's points says nothing about these.
  watch(
    [() => source.value?.training, size],
    () => {
      if (projected.value !== null || working.value !== null) drop()
    },
    { flush: 'sync' },
  )
  watch(source, () => void followComponents(), { flush: 'sync' })

  return {
    ...{ method, dimensions, texts, possible, components, working, failed, made, makeUmap },
    stale: computed(() => projected.value !== null && projected.value.of !== source.value),
    cancel: () => projector.cancel(),
    keep,
    restore,
  }
}

function byComponents(of: Points, { values }: Made, components: Components): Projected {
  const names = components.ranks.map((rank, i) => componentName(rank, components.shares[i] as number))
  return {
    ...{ name: 'PCA', of, values, size: names.length, names },
    place: point => project(point, of.size, components),
  }
}

function byUmap(of: Points, { values }: Made, { dimensions }: UmapSettings): Projected {
  const names = Array.from({ length: dimensions }, (_, i) => `UMAP ${i + 1}`)
  const known = new WeakMap<Float32Array, Float32Array>()
  return {
    ...{ name: 'UMAP', of, values, size: dimensions, names },
    place: point => {
      // It is asked for with every move of the pointer.
      const placed = known.get(point) ?? placeByNeighbours(of.values, of.size, values, dimensions, point)
      known.set(point, placed)
      return placed
    },
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The engine's one projection: it goes on while another view is shown. */
export const useProjection = perEngine((_: Engine) => createProjection(useExplorer()))
