import { onScopeDispose, type Ref, watch } from 'vue'
import { useExplorer } from '../explorer-state.ts'
import type { ScatterStage } from '../scatter-stage.ts'

/** So long after the last turn of the wheel or move of the hand, what is in sight is taken for chosen. */
const quietMs = 250

/**
 * Ties what is in sight to the explorer's state: what a person moves to is kept there, and what is put there, by undo
 * say, is shown.
 * @returns to be called whenever the view may have moved
 */
export function useKeptView(stage: Readonly<Ref<ScatterStage | null>>): () => void {
  const { view } = useExplorer()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** As the stage has it now. */
  let shown: typeof view.value = null

  const keep = () => {
    const chosen = stage.value?.camera.chosen ?? null
    if (stage.value === null || JSON.stringify(chosen) === JSON.stringify(shown)) return
    shown = chosen
    view.value = chosen
  }
  // After the points that came with it: other axes make the stage show all there is.
  watch(
    [stage, view],
    ([now, chosen]) => {
      if (now === null || chosen === shown) return
      clearTimeout(timer)
      now.choose(chosen)
      shown = chosen
    },
    { flush: 'post' },
  )
  onScopeDispose(() => clearTimeout(timer))
  return () => {
    clearTimeout(timer)
    timer = setTimeout(keep, quietMs)
  }
}
