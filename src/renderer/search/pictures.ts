import type { Query } from '../../shared/contract.ts'
import { maxFrameBytes } from '../../shared/rpc/frame.ts'

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

/** Must be called within the event: what it carries is gone afterwards. */
export async function pictureFrom({ files, items }: Carried): Promise<Brought> {
  const holdsFolder = Array.from(items).some(
    item => item.kind === 'file' && item.webkitGetAsEntry?.()?.isDirectory,
  )
  const [file, ...others] = Array.from(files)
  if (file === undefined) return { fault: 'That is not a file: nothing was changed. Bring a picture file.' }
  if (others.length > 0) {
    return { fault: `These are ${others.length + 1} files: nothing was changed. Drop one picture at a time.` }
  }
  if (holdsFolder)
    return { fault: `${file.name} is a folder: nothing was changed. Drop one picture at a time.` }
  return readPicture(file)
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
