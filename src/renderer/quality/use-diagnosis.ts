import { type ComputedRef, computed, type ShallowRef } from 'vue'
import type { Measures } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { isActive } from '../engine-session.ts'
import { diagnose, type Finding } from './diagnosis.ts'
import { thinned } from './trend.ts'

/** As many means of the loss as a trend needs. */
const lossPoints = 100

/** The findings of the newest measures; null before there are any. Losses are read only when those change. */
export function useDiagnosis(
  { losses, training }: Pick<Engine, 'losses' | 'training'>,
  measures: ShallowRef<Measures | null>,
): ComputedRef<readonly Finding[] | null> {
  return computed(() => {
    const now = measures.value
    if (now === null) return null
    const store = losses.value
    const known = store.training === now.training ? Math.min(store.count, now.iteration) : 0
    return diagnose({
      measures: now,
      losses: thinned(known, iteration => store.at(iteration), lossPoints),
      ended: !isActive(training.value) && training.value.training === now.training,
    })
  })
}
