import { type Components, principalComponents, project } from './pca.ts'
import { type UmapProgress, type UmapSettings, umap } from './umap.ts'

/** What a worker is asked to make of points. @property values [points, size] */
export type Ask =
  | {
      readonly kind: 'pca'
      readonly values: Float32Array
      readonly size: number
      readonly dimensions: number
      readonly before: Components | null
    }
  | {
      readonly kind: 'umap'
      readonly values: Float32Array
      readonly size: number
      readonly settings: UmapSettings
    }

export type Answer =
  | { readonly kind: 'made'; readonly values: Float32Array; readonly components: Components | null }
  | { readonly kind: 'progress'; readonly progress: UmapProgress }
  | { readonly kind: 'failed'; readonly words: string }

/** Steps of a progress that are worth a message. */
const tellEvery = 0.01

/** @param tell every answer in order; the last is no progress */
export function answer(ask: Ask, tell: (answer: Answer) => void): void {
  try {
    if (ask.kind === 'pca') {
      const components = principalComponents(ask.values, ask.size, ask.dimensions, ask.before)
      tell({ kind: 'made', values: project(ask.values, ask.size, components), components })
      return
    }
    if (!ask.values.every(Number.isFinite)) {
      tell({ kind: 'failed', words: 'Some features are no longer numbers: the training diverged.' })
      return
    }
    let last: UmapProgress | null = null
    const values = umap(ask.values, ask.size, ask.settings, progress => {
      if (last?.step === progress.step && progress.share < last.share + tellEvery) return
      last = progress
      tell({ kind: 'progress', progress })
    })
    tell({ kind: 'made', values, components: null })
  } catch (error) {
    tell({ kind: 'failed', words: error instanceof Error ? error.message : String(error) })
  }
}
