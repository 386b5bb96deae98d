import { badFile } from '../../../../shared/errors.ts'
import { arraySource, checkLabelCount, type LabelledArray, partWithin } from './array-source.ts'
import type { ByteFile } from './byte-file.ts'
import { importLimits } from './limits.ts'
import { baseName, withoutEnding } from './names.ts'
import { eachElement, type NpyHeader, npyHeader, numberReader } from './npy.ts'
import { imageShape, readImages } from './npz-images.ts'
import type { ImageSource, Skipped } from './source.ts'
import type { Part } from './split-names.ts'

const imageWords = new Set(['x', 'image', 'images', 'img', 'imgs', 'data', 'features', 'pixels'])
const labelWords = new Set(['y', 'label', 'labels', 'target', 'targets', 'class', 'classes'])

/**
 * Arrays of images and labels as Keras's mnist.npz has them (x_train, y_train, x_test, y_test), or images and labels,
 * X and y, data and target, or the two that were saved without names.
 * @throws bad-file
 */
export async function npzSource(
  about: { name: string; where: string; skipped: readonly Skipped[] },
  files: readonly ByteFile[],
): Promise<ImageSource> {
  const found = new Map<Part | undefined, { images?: ByteFile; labels?: ByteFile }>()
  const skipped = [...about.skipped]
  for (const file of files) {
    const role = roleOf(withoutEnding(baseName(file.path)))
    const part = partWithin(withoutEnding(baseName(file.path)))
    const pair = found.get(part) ?? {}
    if (role === undefined || pair[role] !== undefined) {
      skipped.push({ name: file.path, reason: 'its name says neither images nor labels.' })
      continue
    }
    pair[role] = file
    found.set(part, pair)
  }
  const arrays: LabelledArray[] = []
  for (const [part, { images, labels }] of found) {
    const alone = images ?? labels
    if (images !== undefined && labels !== undefined) arrays.push(await readPair(images, labels, part))
    else if (alone !== undefined)
      skipped.push({ name: alone.path, reason: 'it has no array of labels or of images to go with it.' })
  }
  if (arrays.length === 0) {
    throw badFile(about.where, 'it has no arrays called x_train and y_train, images and labels, or X and y.')
  }
  return arraySource({ name: about.name, format: 'NumPy arrays', skipped }, arrays)
}

function roleOf(name: string): 'images' | 'labels' | undefined {
  if (name === 'arr_0') return 'images'
  if (name === 'arr_1') return 'labels'
  const words = name.toLowerCase().split(/[^a-z]+/)
  if (words.some(word => labelWords.has(word))) return 'labels'
  return words.some(word => imageWords.has(word)) ? 'images' : undefined
}

async function readPair(images: ByteFile, labels: ByteFile, part: Part | undefined): Promise<LabelledArray> {
  const header = await npyHeader(labels)
  const [count = 0, ...more] = header.shape
  const shape = imageShape(await npyHeader(images), images)
  if (more.some(side => side !== 1))
    throw badFile(labels.where, 'labels need one value an image; one-hot rows are not read.')
  checkLabelCount(count, shape.count, labels.where)
  return {
    images: await readImages(images, await npyHeader(images), shape),
    labels: await readLabels(labels, header),
    part,
  }
}

async function readLabels(file: ByteFile, header: NpyHeader): Promise<string[]> {
  const labels: string[] = []
  if ((header.shape[0] as number) > importLimits.entries)
    throw badFile(file.where, 'it holds too many labels.')
  const { type, itemSize, littleEndian } = header
  const read = numberReader(header)
  await eachElement(file, header, (view, at) => {
    if (type === 'U' || type === 'S') {
      labels.push(
        type === 'S' ? textOfBytes(view, at, itemSize) : textOfCodes(view, at, itemSize, littleEndian),
      )
      return
    }
    const value = read(view, at)
    if (!Number.isSafeInteger(value)) throw badFile(file.where, `the label ${value} is no whole number.`)
    labels.push(String(value))
  })
  return labels
}

const textOfBytes = (view: DataView, at: number, size: number): string =>
  Buffer.from(view.buffer, view.byteOffset + at, size)
    .toString('utf8')
    .replace(/\0+$/, '')

/** UTF-32, filled up with zeros. */
function textOfCodes(view: DataView, at: number, size: number, littleEndian: boolean): string {
  let text = ''
  for (let i = 0; i < size; i += 4) {
    const code = view.getUint32(at + i, littleEndian)
    if (code !== 0) text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  }
  return text
}
