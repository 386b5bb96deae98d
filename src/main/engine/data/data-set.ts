import { createHash } from 'node:crypto'
import { invalidInput } from '../../../shared/errors.ts'
import type { Framing } from './frame.ts'

/** What one image is: pixels of a side, and 1 channel for grey or 3 for red, green and blue. */
export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
}

/**
 * Images with their classes. Pixels stay bytes until a batch is gathered: 60,000 digits cost 47 MB,
 * as 32-bit floats they would cost 188 MB.
 */
export interface LabelledImages extends ImageShape {
  /** [count, height * width * channels], 0-255, row by row, channel last. */
  readonly pixels: Uint8Array
  /** [count], each an index into the data set's classes. */
  readonly labels: Uint16Array
  readonly count: number
}

/** Values of one image: what a network takes in. */
export function pixelsPerImage({ height, width, channels }: ImageShape): number {
  return height * width * channels
}

/** The same of what was not made by us, and may have other channels. */
type AnyShape = Readonly<Record<keyof ImageShape, number>>

/** Whether a network that takes the one takes the other. */
export const sameShape = (a: AnyShape, b: AnyShape): boolean =>
  a.height === b.height && a.width === b.width && a.channels === b.channels

/** Height, width and channels alone, of anything that has them. */
export function shapeOf({ height, width, channels }: ImageShape): ImageShape {
  return { height, width, channels }
}

/** Where a data set came from: enough to open it again. Paths are absolute. */
export type DataSource =
  | { readonly kind: 'digits'; readonly trainCount: number; readonly testCount: number }
  | {
      readonly kind: 'idx'
      readonly images: string
      readonly labels: string
      readonly testImages?: string | undefined
      readonly testLabels?: string | undefined
      readonly trainCount: number
      readonly testCount: number
    }
  | {
      readonly kind: 'imported'
      readonly id: string
      readonly trainCount: number
      readonly testCount: number
    }

export interface DataSet {
  readonly name: string
  readonly source: DataSource
  readonly classes: readonly string[]
  /** How pictures become images like these; left out where that is the digits' way. */
  readonly framing?: Framing | undefined
  readonly train: LabelledImages
  readonly test: LabelledImages
  /** Set where the pictures are gone and only what was learned of them is there: whoever reads pixels is told so. */
  readonly missing?: MissingPictures | undefined
}

/** Pictures of a run that cannot be opened. */
export interface MissingPictures {
  /** For a person. */
  readonly why: string
  /** Of the images as they were. */
  readonly fingerprint: string
  /** The whole data set, should it be back. @throws bad-file, invalid-input: it is not */
  readonly reopen: () => Promise<DataSet>
}

/** Bytes of image `index`, as a view. */
export function imageAt(images: LabelledImages, index: number): Uint8Array {
  const size = pixelsPerImage(images)
  return images.pixels.subarray(index * size, (index + 1) * size)
}

/** The images of `from` (inclusive) to `to` (exclusive), as views. */
export function sliceImages(images: LabelledImages, from: number, to: number): LabelledImages {
  const size = pixelsPerImage(images)
  return {
    ...images,
    pixels: images.pixels.subarray(from * size, to * size),
    labels: images.labels.subarray(from, to),
    count: to - from,
  }
}

/** Copies of some images as they are, one after another, and their labels. */
export function imagesAt(
  images: LabelledImages,
  indices: Int32Array,
): Pick<LabelledImages, 'pixels' | 'labels'> {
  const size = pixelsPerImage(images)
  const pixels = new Uint8Array(indices.length * size)
  const labels = new Uint16Array(indices.length)
  indices.forEach((index, i) => {
    pixels.set(imageAt(images, index), i * size)
    labels[i] = images.labels[index] as number
  })
  return { pixels, labels }
}

/** Copies images into rows of 32-bit floats, [indices.length, height * width * channels], scaled to [0, 1]. */
export function gatherPixels(images: LabelledImages, indices: Int32Array): Float32Array {
  const size = pixelsPerImage(images)
  const rows = new Float32Array(indices.length * size)
  const { pixels } = images
  for (let row = 0; row < indices.length; row++) {
    const from = (indices[row] as number) * size
    const to = row * size
    for (let i = 0; i < size; i++) rows[to + i] = (pixels[from + i] as number) / 255
  }
  return rows
}

/**
 * SHA-256 over everything a training sees: class names, sizes, pixels and labels of both parts. Two data sets with
 * the same fingerprint train alike. Of grey images it is what it was before there were others: old runs know theirs.
 */
export function fingerprint(data: DataSet): string {
  const hash = createHash('sha256')
  hash.update(fingerprintStart(data.classes))
  for (const part of [data.train, data.test]) {
    hash.update(partStart(part))
    hash.update(part.pixels)
    hash.update(new Uint8Array(part.labels.buffer, part.labels.byteOffset, part.labels.byteLength))
  }
  return hash.digest('hex')
}

/** What a fingerprint begins with. */
export const fingerprintStart = (classes: readonly string[]): string => JSON.stringify(classes)

/** What comes before the pixels, and then the labels, of each part in a fingerprint. */
export function partStart({
  count,
  height,
  width,
  channels,
}: ImageShape & { readonly count: number }): string {
  return `|${count}x${height}x${width}${channels === 1 ? '' : `x${channels}`}|`
}

/**
 * Whether pairs can be drawn from these images: at least two classes, none of them with a single image.
 * @throws invalid-input, in words, naming the class
 */
export function checkTrainable(images: LabelledImages, classes: readonly string[]): void {
  const counts = countByClass(images.labels, classes.length)
  const present = classes.filter((_, label) => (counts[label] as number) > 0)
  if (present.length === 0) throw invalidInput('The training set holds no images.')
  if (present.length < 2) {
    throw invalidInput(
      `Every training image is of class "${present[0]}". Dissimilar pairs need at least two classes.`,
    )
  }
  const lonely = classes.filter((_, label) => counts[label] === 1)
  if (lonely.length > 0) {
    const names = lonely
      .slice(0, 5)
      .map(name => `"${name}"`)
      .join(', ')
    const more = lonely.length > 5 ? ` and ${lonely.length - 5} more` : ''
    throw invalidInput(
      `Class ${names}${more} has only one training image. A similar pair needs two images of a class.`,
    )
  }
}

/** Images of each class, [classCount]. */
export function countByClass(labels: Uint16Array, classCount: number): Uint32Array {
  const counts = new Uint32Array(classCount)
  for (const label of labels) counts[label] = (counts[label] as number) + 1
  return counts
}
