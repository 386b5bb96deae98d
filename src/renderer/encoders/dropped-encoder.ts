import { useEventListener } from '@vueuse/core'
import type { Disk } from '../host.ts'
import { holdsEncoder } from './encoder-files.ts'
import type { EncoderImport } from './import-state.ts'

/**
 * Takes encoders that are dropped anywhere in the window, before anything else can. In a capturing listener that is older
 * than those of the views: they leave alone what has been taken.
 * @param onOpen one that was dropped is open
 */
export function useDroppedEncoder(
  disk: Disk | null,
  { begin, beginFiles }: Pick<EncoderImport, 'begin' | 'beginFiles'>,
  onOpen: () => void,
): void {
  const take = async (files: readonly File[], paths: Promise<readonly string[]> | null) => {
    const opened = paths === null ? beginFiles(files) : begin({ paths: [...(await paths)] })
    if (await opened) onOpen()
  }
  // Without it a page takes no drop, and shows the file by itself.
  useEventListener(window, 'dragover', event => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
  })
  useEventListener(
    window,
    'drop',
    event => {
      const files = Array.from(event.dataTransfer?.files ?? [])
      if (!holdsEncoder(files)) return
      event.preventDefault()
      void take(files, disk?.droppedPaths() ?? null)
    },
    { capture: true },
  )
}
