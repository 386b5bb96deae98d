import { useEventListener } from '@vueuse/core'
import { type ShallowRef, shallowRef } from 'vue'
import type { Disk } from '../../host.ts'
import { type Load, loadOf } from '../../search/pictures.ts'

/** Pictures alone are searched by; all else holds images to import. */
const holdsImages = (load: Load): boolean =>
  load.kind === 'folders' ||
  (load.kind === 'files' && load.files.some(({ type }) => !type.startsWith('image/')))

export interface DroppedImagesOptions {
  /** Null in a browser: nobody can tell then where a dropped folder lies. */
  readonly disk: Disk | null
  /** Whether a drop there is meant for an import. */
  readonly takes: (target: EventTarget | null) => boolean
  /** @param paths null where they cannot be told */
  readonly onDrop: (paths: readonly string[] | null) => void
}

/**
 * Takes folders and files of images that are dropped where they are to be imported, before anything else can.
 * @returns whether files are being dragged over such a place
 */
export function useDroppedImages({ disk, takes, onDrop }: DroppedImagesOptions): {
  readonly over: ShallowRef<boolean>
} {
  const over = shallowRef(false)
  const options = { capture: true }
  useEventListener(
    window,
    'dragover',
    ({ dataTransfer, target }) => {
      over.value = dataTransfer?.types.includes('Files') === true && takes(target)
    },
    options,
  )
  useEventListener(
    window,
    'dragleave',
    ({ relatedTarget }) => {
      if (relatedTarget === null) over.value = false
    },
    options,
  )
  useEventListener(
    window,
    'drop',
    event => {
      over.value = false
      const { dataTransfer, defaultPrevented, target } = event
      if (defaultPrevented || dataTransfer === null || !takes(target) || !holdsImages(loadOf(dataTransfer)))
        return
      event.preventDefault()
      if (disk === null) onDrop(null)
      else void disk.droppedPaths().then(onDrop)
    },
    options,
  )
  return { over }
}
