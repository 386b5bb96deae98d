import { watch } from 'vue'
import type { Engine } from '../engine.ts'
import { errorNotice } from '../ui/error-notice.ts'
import type { Settings } from '../ui/settings.ts'

const key = 'lastRun'

/**
 * Remembers which run the window shows, and opens it at the next start: unless the engine has something to show already. A run that
 * is gone or damaged meanwhile is told of in a sentence, and forgotten.
 * @returns opens the run of a folder, after that one if need be: what a person asks for comes last and stays
 */
export function useLastRun(
  { client, connection, training, notice }: Pick<Engine, 'client' | 'connection' | 'training' | 'notice'>,
  settings: Settings,
): { openFolder: (folder: string) => Promise<void> } {
  const reopen = async () => {
    const folder = settings.get(key)
    if (typeof folder !== 'string' || training.value.training !== 0) return
    try {
      await client.openRun({ folder })
    } catch (error) {
      settings.set(key, null)
      if (training.value.training !== 0) return
      const text = `The run that was open last is not opened again. ${errorNotice(error).text}`
      notice.value = { tone: 'information', text }
    }
  }
  const reopened = new Promise<void>(resolve => {
    const onReady = () => {
      if (connection.value !== 'ready') return
      stop()
      void reopen().then(resolve)
    }
    const stop = watch(connection, onReady, { flush: 'post' })
    onReady()
  })
  watch(
    () => training.value.phase === 'done' && training.value.folder,
    folder => {
      if (typeof folder === 'string') settings.set(key, folder)
    },
  )
  return {
    openFolder: async folder => {
      await reopened
      try {
        await client.openRun({ folder })
      } catch (error) {
        notice.value = errorNotice(error)
      }
    },
  }
}
