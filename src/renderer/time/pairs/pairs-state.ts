import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { HardestPairs, MomentRef } from '../../../shared/contract.ts'
import type { Engine } from '../../engine.ts'
import { type ExplorerState, useExplorer } from '../../explorer/explorer-state.ts'
import type { Mark } from '../../search/marks.ts'
import { paced } from '../../search/paced.ts'
import { perEngine } from '../../search/per-engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import { nearestMoment } from '../between.ts'
import { type TimeState, useTime } from '../time-state.ts'

/** Two test images. */
export interface Pair {
  readonly first: number
  readonly second: number
}

/** The hardest pairs of the moment that is looked at. */
export interface PairsState {
  readonly found: ShallowRef<HardestPairs | null>
  /** What went wrong, for a person. */
  readonly fault: ShallowRef<string | null>
  /** The pair that the scatter points out. */
  readonly chosen: ShallowRef<Pair | null>
  /** Null: the scatter is free for other marks. */
  readonly marks: ComputedRef<readonly Mark[] | null>
  /** Other pairs are drawn. */
  drawOthers(): void
  /** Keeps up with the moment for as long as someone looks. @returns ends it */
  follow(): () => void
}

/** As many as the quality figures are measured by; looked at in a millisecond. */
export const drawnPairs = 20_000

/** Of each kind. */
const most = 12

/** While it trains they are looked for no more often than this, ms. */
const refreshMs = 1000

export function createPairs(
  { client, data }: Pick<Engine, 'client' | 'data'>,
  { source }: Pick<ExplorerState, 'source'>,
  { at, list }: Pick<TimeState, 'at' | 'list'>,
): PairsState {
  const found = shallowRef<HardestPairs | null>(null)
  const fault = shallowRef<string | null>(null)
  const chosen = shallowRef<Pair | null>(null)
  const seed = shallowRef(1)
  const watchers = shallowRef(0)

  /** During a replay the kept moment next to the one that is drawn. */
  const looked = (): MomentRef => {
    const { iterations, training } = list.value
    const iteration = at.value === null ? undefined : iterations[nearestMoment(iterations, at.value)]
    return iteration === undefined ? { kind: 'now' } : { kind: 'training', training, iteration }
  }
  const again = paced(async () => {
    if (watchers.value === 0) return
    if (source.value === null) {
      found.value = null
      return
    }
    try {
      found.value = await client.hardestPairs({ of: looked(), drawn: drawnPairs, seed: seed.value, most })
      fault.value = null
    } catch (error) {
      found.value = null
      fault.value = errorNotice(error).text
    }
  }, refreshMs)
  watch([source, seed, watchers], () => again.wish())
  // Numbers of other images.
  watch(data, () => {
    chosen.value = null
  })
  return {
    found,
    fault,
    chosen,
    marks: computed(() => {
      if (chosen.value === null || source.value === null) return null
      const mark = (index: number, text: string): Mark => ({
        place: { kind: 'point', index },
        text,
        asked: true,
      })
      return [mark(chosen.value.first, 'A'), mark(chosen.value.second, 'B')]
    }),
    drawOthers: () => {
      seed.value++
    },
    follow: () => {
      watchers.value++
      return () => {
        watchers.value--
      }
    },
  }
}

export const usePairs: () => PairsState = perEngine(engine => createPairs(engine, useExplorer(), useTime()))
