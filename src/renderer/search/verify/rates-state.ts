import { type ShallowRef, shallowRef, watch } from 'vue'
import type { Rates } from '../../../shared/contract.ts'
import { useEngine } from '../../engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import { paced } from '../paced.ts'

/**
 * The run's error rates at a threshold, as it is moved: one question at a time, the newest last. Null before the run has been
 * measured.
 */
export function useRates(threshold: () => number): {
  readonly rates: ShallowRef<Rates | null>
  readonly fault: ShallowRef<string | null>
} {
  const { client, training } = useEngine()
  const rates = shallowRef<Rates | null>(null)
  const fault = shallowRef<string | null>(null)
  const ask = paced(async () => {
    try {
      rates.value = await client.errorRates({ threshold: threshold() })
      fault.value = null
    } catch (error) {
      rates.value = null
      fault.value = errorNotice(error).text
    }
  }, 50)
  watch([threshold, () => training.value.training, () => training.value.quality], () => ask.wish(), {
    immediate: true,
  })
  return { rates, fault }
}
