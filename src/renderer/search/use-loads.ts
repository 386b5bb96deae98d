import { mostRows, useBatch } from './batch/batch-state.ts'
import type { Slot } from './compare-state.ts'
import { droppedFolder, type FolderFiles } from './gallery/folder-files.ts'
import { folderFault, useFolders } from './gallery/folders-state.ts'
import { type Load, readPicture } from './pictures.ts'
import { useSelection } from './selection.ts'
import { useVerify } from './verify/verify-state.ts'

/** What is done with pictures and folders, wherever they come from. */
export function useLoads() {
  const { choice, choose, mode, nothingLearned, refuse } = useSelection()
  const batch = useBatch()
  const folders = useFolders()
  const verify = useVerify()

  const bring = async (file: File, slot?: Slot) => {
    const brought = await readPicture(file)
    if ('fault' in brought) refuse(brought.fault)
    else await choose(brought.picture, slot)
  }

  /** One is the query; several are a row each, or fill both slots of a comparison. */
  const files = async (all: readonly File[], slot?: Slot) => {
    const [first, second] = all
    if (nothingLearned()) return
    if (first === undefined) return
    if (second === undefined) await bring(first, slot)
    else if (mode.value === 'compare' && all.length === 2) {
      await bring(first, 0)
      await bring(second, 1)
    } else if (mode.value === 'compare')
      refuse(`These are ${all.length} files: nothing was changed. Bring one picture, or two to compare.`)
    else if (all.length > mostRows)
      refuse(
        `These are ${all.length} files: nothing was changed. At most ${mostRows} get a row each; drop their folder to search in them.`,
      )
    else await batch.start(all, choice.choice.value)
  }

  /** It is searched in, or verified against another. */
  const folder = async (read: FolderFiles | Promise<FolderFiles>, slot?: Slot) => {
    if (nothingLearned()) return
    const verifies = mode.value === 'compare'
    try {
      const brought = await folders.bring(await read)
      if (brought === null) return
      if (verifies) verify.put(slot ?? verify.next(), brought)
      else choice.gallery.value = { kind: 'pictures', gallery: brought.gallery }
    } catch (error) {
      refuse(
        error instanceof DOMException
          ? 'The folder cannot be read: it was moved, or is not yours to read.'
          : folderFault(error),
      )
    }
  }

  const load = async (what: Load, slot?: Slot) => {
    if (what.kind === 'fault') return refuse(what.fault)
    if (what.kind === 'files') return files(what.files, slot)
    const [first, second, ...others] = what.folders
    if (first === undefined) return
    if (others.length > 0 || (second !== undefined && mode.value === 'search'))
      return refuse('These are several folders: nothing was changed. Drop one, or two to compare them.')
    await folder(droppedFolder(first), second === undefined ? slot : 0)
    if (second !== undefined) await folder(droppedFolder(second), 1)
  }
  return { files, folder, load }
}
