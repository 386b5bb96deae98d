import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Engine } from '../../engine.ts'
import { perEngine } from '../../search/per-engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import { type ExplorerState, useExplorer } from '../explorer-state.ts'

/** Keeps the training images' points where they are asked for. */
export interface SplitState {
  /** Why there can be none now, in words; null where there can. */
  readonly unavailable: ComputedRef<string | null>
  /** What went wrong when they were asked for. */
  readonly fault: ShallowRef<string | null>
}

export function createSplits(
  { client, connection, points, training }: Pick<Engine, 'client' | 'connection' | 'points' | 'training'>,
  { splits, train }: Pick<ExplorerState, 'splits' | 'train'>,
): SplitState {
  const fault = shallowRef<string | null>(null)
  const unavailable = computed(() => {
    if (training.value.phase === 'done' && points.value !== null) return null
    return points.value === null
      ? 'Training images can be shown once a training has ended.'
      : 'Training images can be shown when this training has ended: only then is it known where they all fall.'
  })
  const wanted = computed(() =>
    splits.value === 'both' && unavailable.value === null && connection.value === 'ready'
      ? training.value.training
      : null,
  )
  watch(
    wanted,
    async now => {
      fault.value = null
      if (now === null || train.value?.training === now) return
      try {
        const found = await client.trainPoints()
        if (wanted.value === now) train.value = found
      } catch (error) {
        if (wanted.value === now) fault.value = errorNotice(error).text
      }
    },
    { immediate: true },
  )
  // Another engine counts its trainings from the start.
  watch(
    () => training.value.phase,
    phase => {
      if (phase !== 'done') train.value = null
    },
    { flush: 'sync' },
  )
  return { unavailable, fault }
}

/** The engine's one: what was asked for goes on being shown in every view. */
export const useSplits = perEngine(engine => createSplits(engine, useExplorer()))
