import { badFile } from '../../../../shared/errors.ts'
import { arraySource, checkLabelCount, type LabelledArray, partWithin } from './array-source.ts'
import { type ByteFile, headOf } from './byte-file.ts'
import { gather } from './gunzip-file.ts'
import { importLimits } from './limits.ts'
import { checkShape, HeldPixels, type ImageShape, type PixelArray, SlicedPixels } from './pixel-array.ts'
import type { ImageSource, Skipped } from './source.ts'

/** An IDX file's header; the format is described in ../idx.ts. */
interface IdxFile {
  readonly file: ByteFile
  readonly dimensions: readonly number[]
  readonly headerSize: number
}

const mostDimensions = 4

/** @throws bad-file: not IDX, or of values that are no bytes */
async function openIdx(file: ByteFile): Promise<IdxFile> {
  const head = Buffer.from(await headOf(file, 4 + 4 * mostDimensions))
  const [first, second, type, rank = 0] = head
  const headerSize = 4 + 4 * rank
  if (first !== 0 || second !== 0 || rank < 1 || rank > mostDimensions || head.length < headerSize) {
    throw badFile(file.where, 'it is not an IDX file.')
  }
  if (type !== 0x08) throw badFile(file.where, 'only IDX files of unsigned bytes can be read.')
  const dimensions = Array.from({ length: rank }, (_, i) => head.readUInt32BE(4 + 4 * i))
  return { file, dimensions, headerSize }
}

/**
 * One pair of IDX files, of images and labels, or two: a training and a test pair, told apart by their names as MNIST
 * has them.
 * @throws bad-file
 */
export async function idxSource(
  about: { name: string; where: string; skipped: readonly Skipped[] },
  files: readonly ByteFile[],
): Promise<ImageSource> {
  const opened = await Promise.all(files.map(openIdx))
  const images = opened.filter(({ dimensions }) => dimensions.length >= 3)
  const labels = opened.filter(({ dimensions }) => dimensions.length === 1)
  const [damaged] = about.skipped
  const why = damaged === undefined ? '' : ` ${damaged.name}: ${damaged.reason}`
  if (
    images.length !== labels.length ||
    images.length < 1 ||
    images.length > 2 ||
    images.length + labels.length !== files.length
  ) {
    throw badFile(
      about.where,
      `it has ${images.length} IDX file(s) of images and ${labels.length} of labels; choose one pair, or a training and a test pair.${why}`,
    )
  }
  const arrays: LabelledArray[] = []
  for (const imagesFile of images) {
    const part = images.length === 1 ? undefined : partWithin(imagesFile.file.path)
    const own = images.length === 1 ? labels : labels.filter(({ file }) => partWithin(file.path) === part)
    const [labelsFile] = own
    if (labelsFile === undefined || own.length !== 1) {
      throw badFile(
        about.where,
        'the names do not tell which IDX files belong together: call them train and test (or t10k).',
      )
    }
    arrays.push({
      images: await idxImages(imagesFile),
      labels: await idxLabels(labelsFile, imagesFile),
      part,
    })
  }
  return arraySource({ name: about.name, format: 'IDX', skipped: about.skipped }, arrays)
}

async function idxImages(idx: IdxFile): Promise<PixelArray> {
  const { file, dimensions, headerSize } = idx
  const [count = 0, height = 0, width = 0, channels = 1] = dimensions
  if (channels !== 1 && channels !== 3)
    throw badFile(file.where, `its images have ${channels} channels; 1 or 3 can be read.`)
  const shape: ImageShape = { count, height, width, channels }
  checkShape(shape, file.where, file.slice === undefined)
  const nameOf = (index: number): string => `${file.path}[${index}]`
  if (file.slice === undefined) return new HeldPixels(shape, await idxData(idx), nameOf)
  const end = headerSize + count * height * width * channels
  if ((await file.slice(end - 1, 2)).length !== 1) throw wrongSize(file)
  return new SlicedPixels(shape, { file, slice: file.slice, offset: headerSize }, nameOf)
}

async function idxLabels(idx: IdxFile, { dimensions: [count = 0] }: IdxFile): Promise<string[]> {
  checkLabelCount(idx.dimensions[0] as number, count, idx.file.where)
  return Array.from(await idxData(idx), String)
}

/** Memory is taken as the data arrive, never because a header promises them. */
async function idxData({ file, dimensions, headerSize }: IdxFile): Promise<Uint8Array> {
  const size = dimensions.reduce((product, n) => product * n, 1)
  const whole = await gather(file, Math.min(importLimits.heldBytes, headerSize + size))
  if (whole.length !== headerSize + size) throw wrongSize(file)
  return whole.subarray(headerSize)
}

const wrongSize = (file: ByteFile) =>
  badFile(file.where, 'its size is not what its header says: it is cut short, or damaged.')
