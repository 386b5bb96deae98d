import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join, relative } from 'node:path'
import { noClass } from '../../../shared/contract/galleries.ts'
import { badFile, TwinlensError, type WireError } from '../../../shared/errors.ts'
import { type LabelledImages, pixelsPerImage, shapeOf } from './data-set.ts'
import { readImageFile } from './image-file.ts'
import { type PreparationTarget, prepareImage } from './preprocess.ts'

export interface PictureRead {
  /** Path within the folder. */
  readonly name: string
  /** As it came, and what was done to it. */
  readonly width: number
  readonly height: number
  readonly steps: readonly string[]
}

/** Pictures as the network sees them, with where each was found, and those that could not be used. */
export interface PicturesRead {
  readonly images: LabelledImages
  /** [images.count] */
  readonly pictures: readonly PictureRead[]
  readonly refused: readonly { readonly name: string; readonly error: WireError }[]
}

const endings = new Set(['.png', '.jpg', '.jpeg', '.webp', '.bmp', '.tif', '.tiff', '.gif'])

/**
 * The pictures of a folder and the folders within it, by their names' order; what is hidden, or has not a picture's ending,
 * is none of them. @returns paths within the folder
 * @throws bad-file: no such folder, or no picture in it
 */
export async function listPictures(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(error => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw badFile(folder, missing ? 'there is no such folder.' : 'it cannot be read as a folder.', error)
  })
  const paths = found
    .filter(entry => entry.isFile() && endings.has(extname(entry.name).toLowerCase()))
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(path => !path.split(/[\\/]/).some(part => part.startsWith('.')))
    .sort()
  if (paths.length === 0) {
    throw badFile(folder, 'there is no picture in it (PNG, JPEG, WebP, BMP, TIFF or GIF).')
  }
  return paths
}

/**
 * Reads and prepares pictures one after the other, so that only one is in memory as it came. A picture in a folder named
 * like a class is of that class. What cannot be used is told of and spoils nothing.
 * @param names within the folder
 */
export async function readPictures(
  folder: string,
  names: readonly string[],
  target: PreparationTarget & { readonly classes: readonly string[] },
): Promise<PicturesRead> {
  const refused: { name: string; error: WireError }[] = []
  const good: (PictureRead & { readonly label: number; readonly pixels: Uint8Array })[] = []
  for (const name of names) {
    try {
      const picture = await readImageFile(join(folder, name))
      const { pixels, steps } = await prepareImage(picture, target)
      const label = target.classes.indexOf(basename(dirname(join(folder, name))))
      const size = { width: picture.width, height: picture.height }
      good.push({ name, ...size, steps, label: label < 0 ? noClass : label, pixels })
    } catch (error) {
      if (!(error instanceof TwinlensError)) throw error
      const { kind, message } = error.toWire()
      // What cannot be read is named already; what shows nothing is not.
      refused.push({
        name,
        error: { kind, message: kind === 'bad-file' ? message : `${join(folder, name)}: ${message}` },
      })
    }
  }
  const size = pixelsPerImage(target)
  const pixels = new Uint8Array(good.length * size)
  good.forEach((picture, i) => {
    pixels.set(picture.pixels, i * size)
  })
  const labels = Uint16Array.from(good, ({ label }) => label)
  const images = { ...shapeOf(target), pixels, labels, count: good.length }
  return { images, pictures: good, refused }
}
