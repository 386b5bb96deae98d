import type { Query } from '../../shared/contract.ts'
import { maxFrameBytes } from '../../shared/rpc/frame.ts'
import { isDirectory } from './gallery/folder-files.ts'

export type Picture = Extract<Query, { kind: 'picture' }>

/**
 * Checked before anything is read into memory. The two pictures of a comparison travel in one frame, with some room for
 * the words around them: each may have half of it, which any camera's picture does with.
 */
export const mostBytes = maxFrameBytes / 2 - 65_536

/** What came of a drop, a paste or a choice: one picture's bytes, not yet decoded by anyone, or a sentence why not. */
export type Brought = { readonly picture: Picture } | { readonly fault: string }

/** The part of a DataTransfer that is looked at. */
export interface Carried {
  readonly files: ArrayLike<File>
  readonly items: ArrayLike<
    Pick<DataTransferItem, 'kind'> & Partial<Pick<DataTransferItem, 'webkitGetAsEntry'>>
  >
}

/** What a drop, a paste or a choice holds: files, none of them read, or folders, or a sentence on why it is of no use. */
export type Load =
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'folders'; readonly folders: readonly FileSystemDirectoryEntry[] }
  | { readonly kind: 'fault'; readonly fault: string }

/** Must be called within the event: what it carries is gone afterwards. */
export function loadOf({ files, items }: Carried): Load {
  const folders = Array.from(items)
    .filter(item => item.kind === 'file')
    .map(item => item.webkitGetAsEntry?.() ?? null)
    .filter(entry => entry !== null && isDirectory(entry))
  if (files.length === 0 && folders.length === 0)
    return { kind: 'fault', fault: 'That is not a file: nothing was changed. Bring a picture file.' }
  if (folders.length === 0) return { kind: 'files', files: Array.from(files) }
  if (folders.length === files.length) return { kind: 'folders', folders }
  return { kind: 'fault', fault: 'These are folders and files: nothing was changed. Bring either.' }
}

/** @param file only its size is looked at before it is read */
export async function readPicture(file: File): Promise<Brought> {
  if (file.size > mostBytes) {
    const megabytes = Math.ceil(file.size / 1e6)
    return {
      fault: `${file.name} is too large (${megabytes} MB): at most ${Math.floor(mostBytes / 1e6)} MB can be read.`,
    }
  }
  try {
    return { picture: { kind: 'picture', name: file.name, file: new Uint8Array(await file.arrayBuffer()) } }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return { fault: `${file.name} cannot be read: it is a folder, or was moved, or is not yours to read.` }
  }
}
