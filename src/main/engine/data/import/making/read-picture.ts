import { Transformer } from '@napi-rs/image'
import { TwinlensError } from '../../../../../shared/errors.ts'
import { toRgba } from '../../../pictures/png.ts'
import type { ImageShape } from '../../data-set.ts'
import { type Framing, frame } from '../../frame.ts'
import {
  decodedBytes,
  decodeImage,
  imageLimits,
  type OpenPicture,
  openPictureFile,
} from '../../image-file.ts'
import type { SourceEntry, SourcePicture } from '../source.ts'
import { Room } from './room.ts'

/** For pictures as they are decoded, of all scans and imports together: one of the largest, or many small ones. */
const room = new Room(4 * imageLimits.pixels)

/** For files of pictures while they are held, of all scans and imports together: one of the largest, or many small ones. */
const files = new Room(imageLimits.fileBytes)

/** Reads a picture as soon as there is room for its file, and holds it no longer than the work lasts. @throws bad-file; what `work` throws */
export async function withPicture<T>(
  entry: SourceEntry,
  work: (picture: SourcePicture) => Promise<T>,
): Promise<T> {
  const bytes = (await entry.size?.()) ?? 0
  return files.within(bytes, async () => work(await entry.read()))
}

/** Opens and handles a picture as soon as there is room for its pixels. @throws bad-file; what `work` throws */
export function withinMemory<T>(picture: SourcePicture, name: string, work: () => Promise<T>): Promise<T> {
  const bytes =
    picture.kind === 'encoded' ? decodedBytes(picture.bytes, name) : 4 * picture.width * picture.height
  return room.within(bytes, work)
}

/** A picture that is to be framed. @throws bad-file naming it */
export async function openPicture(picture: SourcePicture, name: string): Promise<OpenPicture> {
  if (picture.kind === 'encoded') return openPictureFile(picture.bytes, name)
  const { width, height } = picture
  const rgba = toRgba(picture.pixels, picture.channels)
  return { size: { width, height }, transformer: Transformer.fromRgbaPixels(rgba, width, height) }
}

/** A picture as an image. @returns [height * width * channels] @throws bad-file, invalid-input */
export const asImage = async (
  picture: SourcePicture,
  name: string,
  shape: ImageShape,
  framing: Framing,
): Promise<Uint8Array> => withinMemory(picture, name, () => decodedAndFramed(picture, name, shape, framing))

async function decodedAndFramed(
  picture: SourcePicture,
  name: string,
  shape: ImageShape,
  framing: Framing,
): Promise<Uint8Array> {
  const { size, transformer } = await openPicture(picture, name)
  try {
    return await frame(transformer, size, shape, framing)
  } catch (error) {
    if (picture.kind !== 'encoded' || error instanceof TwinlensError) throw error
    // What the quick way does not decode the slow one may; if it cannot either, it says why.
    const image = await decodeImage(picture.bytes, name)
    return frame(Transformer.fromRgbaPixels(image.rgba, image.width, image.height), image, shape, framing)
  }
}
