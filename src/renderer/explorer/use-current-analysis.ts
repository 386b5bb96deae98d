import { computed } from 'vue'
import { useAnalysis } from '../quality/analysis-state.ts'
import { useExplorer } from './explorer-state.ts'

/** The 5-NN analysis of the test images that are looked at: there is none of a past moment. */
export function useCurrentAnalysis() {
  const { fault, pending, answer } = useAnalysis()
  const { images, moment, source } = useExplorer()
  const analysis = computed(() => {
    const [now, points] = [answer.value, source.value]
    if (now === null || points === null || moment.value !== null) return null
    return now.predicted.length === images.value.tests ? now : null
  })
  return { analysis, fault, pending }
}
