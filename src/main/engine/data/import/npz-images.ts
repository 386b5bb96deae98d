import { badFile } from '../../../../shared/errors.ts'
import type { ByteFile } from './byte-file.ts'
import { eachElement, type NpyHeader, numberReader } from './npy.ts'
import { checkShape, HeldPixels, type ImageShape, type PixelArray, SlicedPixels } from './pixel-array.ts'
import { PixelStore } from './pixel-store.ts'

interface NpyImageShape extends ImageShape {
  readonly channelsFirst: boolean
}

/** Which of the axes are which: [n, h, w], [n, h, w, c], [n, c, h, w], or [n, pixels] of square images. */
export function imageShape({ shape, type }: NpyHeader, file: ByteFile): NpyImageShape {
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

/** @throws bad-file: values that are no brightness, too few or too many of them */
export async function readImages(
  file: ByteFile,
  header: NpyHeader,
  shape: NpyImageShape,
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
  { height, width, channels, channelsFirst }: NpyImageShape,
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
