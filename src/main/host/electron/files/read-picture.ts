import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Picture } from '../../../../shared/desktop-contract.ts'
import { badFile } from '../../../../shared/errors.ts'
import { maxFrameBytes } from '../../../../shared/rpc/frame.ts'

/** As the window has it (src/renderer/search/pictures.ts): two pictures of a comparison travel together. */
const mostBytes = maxFrameBytes / 2 - 65_536

/** Looks at the size before it reads. @throws TwinlensError bad-file */
export async function readPicture(path: string): Promise<Picture> {
  try {
    const { size } = await stat(path)
    if (size > mostBytes) {
      const megabytes = Math.ceil(size / 1e6)
      throw badFile(path, `it is too large (${megabytes} MB, at most ${Math.floor(mostBytes / 1e6)}).`)
    }
    return { name: basename(path), file: new Uint8Array(await readFile(path)) }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw badFile(path, 'it cannot be read.', error)
    throw error
  }
}
