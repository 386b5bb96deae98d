import { badFile } from '../../../../shared/errors.ts'
import { arraySource, checkLabelCount, type LabelledArray, partWithin } from './array-source.ts'
import type { ByteFile } from './byte-file.ts'
import { importLimits } from './limits.ts'
import { baseName, withoutEnding } from './names.ts'
import { eachElement, type NpyHeader, npyHeader, numberReader } from './npy.ts'
import { checkShape, HeldPixels, type ImageShape, type PixelArray, SlicedPixels } from './pixel-array.ts'
import { PixelStore } from './pixel-store.ts'
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

/** Which of the axes are which: [n, h, w], [n, h, w, c], [n, c, h, w], or [n, pixels] of square images. */
function imageShape(
  { shape, type }: NpyHeader,
  file: ByteFile,
): ImageShape & { readonly channelsFirst: boolean } {
  const [count = 0, a = 0, b = 0, c = 0] = shape
  if (type === 'U' || type === 'S') throw badFile(file.where, 'it holds text where images are expected.')
  const isChannels = (n: number): n is 1 | 3 => n === 1 || n === 3
  if (shape.length === 2 && Number.isInteger(Math.sqrt(a))) {
    return { count, height: Math.sqrt(a), width: Math.sqrt(a), channels: 1, channelsFirst: false }
  }
  if (shape.length === 3) return { count, height: a, width: b, channels: 1, channelsFirst: false }
  if (shape.length === 4 && isChannels(c))
    return { count, height: a, width: b, channels: c, channelsFirst: false }
  if (shape.length === 4 && isChannels(a))
    return { count, height: b, width: c, channels: a, channelsFirst: true }
  throw badFile(
    file.where,
    `an array of the shape (${shape.join(', ')}) is not one of grey or colour images.`,
  )
}

async function readImages(
  file: ByteFile,
  header: NpyHeader,
  shape: ImageShape & { readonly channelsFirst: boolean },
): Promise<PixelArray> {
  const { type, itemSize, offset, fortranOrder } = header
  const nameOf = (index: number): string => `${file.path.replace(/\.npy$/, '')}[${index}]`
  const size = shape.count * shape.height * shape.width * shape.channels
  const asItIs =
    type === 'u' && itemSize === 1 && !fortranOrder && !(shape.channelsFirst && shape.channels === 3)
  if (asItIs && file.slice !== undefined && (await isBeyondOne(file, offset))) {
    checkShape(shape, file.where, false)
    if ((await file.slice(offset + size - 1, 2)).length !== 1) {
      throw badFile(file.where, 'its size is not what its header says.')
    }
    return new SlicedPixels(shape, { file, slice: file.slice, offset }, nameOf)
  }
  checkShape(shape, file.where, true)
  const placeOf = places(header, shape)
  const read = numberReader(header)
  // A header may promise what never comes: then this is memory that the system has not given yet.
  const store = new PixelStore(size)
  await eachElement(file, header, (view, at, index) => {
    const value = read(view, at)
    if (!store.set(placeOf(index), value)) {
      throw badFile(
        file.where,
        `it holds the value ${value}; brightness from 0 to 1 or from 0 to 255 can be read.`,
      )
    }
  })
  return new HeldPixels(shape, store.finish(), nameOf)
}

/** Black and white saved as 0 and 1 has to be told before its images are read one by one. */
async function isBeyondOne(file: ByteFile, offset: number): Promise<boolean> {
  let skip = offset
  for await (const chunk of file.chunks()) {
    if (chunk.subarray(Math.min(skip, chunk.length)).some(value => value > 1)) return true
    skip = Math.max(0, skip - chunk.length)
  }
  return false
}

/** Where an element of the file's order stands in [count, height, width, channels]. */
function places(
  { fortranOrder, shape }: NpyHeader,
  { height, width, channels, channelsFirst }: ImageShape & { readonly channelsFirst: boolean },
): (index: number) => number {
  const image = height * width * channels
  const inOrder = { 2: [image, 1], 3: [image, width, 1], 4: [image, width * channels, channels, 1] }
  const strides = channelsFirst
    ? [image, 1, width * channels, channels]
    : (inOrder[shape.length as 2 | 3 | 4] as number[])
  if (!fortranOrder && !channelsFirst) return index => index
  // The axis whose index changes first comes first.
  const axes = shape.map((side, i) => ({ side, stride: strides[i] as number }))
  if (!fortranOrder) axes.reverse()
  return index => {
    let [left, place] = [index, 0]
    for (const { side, stride } of axes) {
      place += (left % side) * stride
      left = Math.floor(left / side)
    }
    return place
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
