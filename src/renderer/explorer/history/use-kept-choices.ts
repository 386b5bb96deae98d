import { effectScope, watch } from 'vue'
import { type Engine, useEngine } from '../../engine.ts'
import type { Settings } from '../../ui/settings.ts'
import { type ExplorerState, useExplorer } from '../explorer-state.ts'
import { type Kept, keep, keptListSchema, keyOf, restore, restoreView } from './kept-choices.ts'

const settingsKey = 'explorer'

/** Changes that come one after the other are written once, so long after the last. */
const quietMs = 300

function followChoices(data: Engine['data'], state: ExplorerState, settings: Settings): void {
  const read = (): Kept[] => {
    const kept = keptListSchema.safeParse(settings.get(settingsKey))
    return kept.success ? kept.data : []
  }
  /** Whose view is still to be put back. */
  let due: Kept | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const putBack = () => {
    const { value: images } = data
    due = images === null ? null : (read().find(({ of }) => of === keyOf(images)) ?? null)
    if (images !== null && due !== null) restore(state, due, images)
    putViewBack()
  }
  const putViewBack = () => {
    if (due === null || state.shown.value === null) return
    restoreView(state, due)
    due = null
  }
  putBack()
  watch(data, (now, before) => {
    if (now !== null && before !== null && keyOf(now) === keyOf(before)) return
    putBack()
  })
  watch(state.shown, putViewBack)
  watch(
    () => [
      ...[
        state.splits.value,
        state.hidden.value,
        state.chosen.selected.value,
        state.chosen.only.value,
        state.colouring.value,
        state.view.value,
      ],
      ...[state.horizontal.value, state.vertical.value],
      ...[state.shapes.value, state.names.value, state.filmstrip.value],
    ],
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const { value: images } = data
        // A view that is still to come would be lost.
        if (images !== null && due === null) settings.set(settingsKey, keep(state, images, read()))
      }, quietMs)
    },
  )
}

const following = new WeakSet<Engine>()

/** The explorer opens as it was left, for each data set; from its first opening on it remembers every change. */
export function useKeptChoices(settings: Settings): void {
  const engine = useEngine()
  const state = useExplorer()
  if (following.has(engine)) return
  following.add(engine)
  effectScope(true).run(() => followChoices(engine.data, state, settings))
}
