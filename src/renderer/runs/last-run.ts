import { watch } from 'vue'
import type { Engine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import type { Settings } from '../ui/settings.ts'

const key = 'lastRun'

/**
 * Remembers which run the window shows, and opens it at the next start: unless the engine has something to show already. A run that
 * is gone or damaged meanwhile is told of in a sentence, and forgotten.
 */
export function useLastRun(
  { client, connection, training, notice }: Pick<Engine, 'client' | 'connection' | 'training' | 'notice'>,
  settings: Settings,
): void {
  const stop = watch(
    connection,
    async now => {
      if (now !== 'ready') return
      stop()
      const folder = settings.get(key)
      if (typeof folder !== 'string' || training.value.training !== 0) return
      try {
        await client.openRun({ folder })
      } catch (error) {
        settings.set(key, null)
        if (training.value.training === 0)
          notice.value = {
            tone: 'information',
            text: `The run that was open last is not opened again. ${errorNotice(error).text}`,
          }
      }
    },
    { immediate: true, flush: 'post' },
  )
  watch(
    () => training.value.phase === 'done' && training.value.folder,
    folder => {
      if (typeof folder === 'string') settings.set(key, folder)
    },
  )
}
