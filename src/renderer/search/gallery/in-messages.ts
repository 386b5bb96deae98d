import { galleryLimits } from '../../../shared/contract.ts'
import { readPicture } from '../pictures.ts'

/** Some files, read: a message's worth of bytes, and those that could not be read. */
export interface Read<Named> {
  readonly pictures: readonly { readonly of: Named; readonly name: string; readonly file: Uint8Array }[]
  readonly faults: readonly { readonly of: Named; readonly name: string; readonly fault: string }[]
}

/** Beyond this a message is sent: its pictures are in memory, and nothing is seen to go on until they have arrived. */
const messageBytes = 8_000_000

/**
 * Reads files one after the other and hands them over a message at a time, so that no more of them than one message is in
 * memory.
 */
export async function* inMessages<Named extends { readonly file: File }>(
  all: readonly Named[],
  {
    most = galleryLimits.messagePictures,
    nameOf = one => one.file.name,
  }: { most?: number; nameOf?: (one: Named) => string } = {},
): AsyncGenerator<Read<Named>, void> {
  let pictures: Read<Named>['pictures'][number][] = []
  let faults: Read<Named>['faults'][number][] = []
  let bytes = 0
  for (const [i, one] of all.entries()) {
    const brought = await readPicture(one.file)
    if ('fault' in brought) faults.push({ of: one, name: nameOf(one), fault: brought.fault })
    else {
      pictures.push({ of: one, name: nameOf(one), file: brought.picture.file })
      bytes += brought.picture.file.length
    }
    const next = all[i + 1]?.file.size ?? 0
    if (pictures.length + faults.length < most && bytes + next <= messageBytes && i < all.length - 1) continue
    yield { pictures, faults }
    pictures = []
    faults = []
    bytes = 0
  }
}
