import { badFile } from '../../../../shared/errors.ts'
import { imageLimits } from '../image-file.ts'
import type { ByteFile } from './byte-file.ts'
import { importLimits } from './limits.ts'

export interface ImageShape {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
}

/** Images of one size: held as bytes, or read from the file when asked for. */
export interface PixelArray extends ImageShape {
  /** What a person is shown of image `index`. */
  nameOf(index: number): string
  /** [height, width, channels] @throws bad-file */
  image(index: number): Promise<Uint8Array>
}

/** @throws bad-file: no images, too many, too large, more bytes than are held */
export function checkShape(
  { count, height, width, channels }: ImageShape,
  where: string,
  held: boolean,
): void {
  if (count > importLimits.entries) {
    throw badFile(where, `it holds more than ${importLimits.entries.toLocaleString('en')} images.`)
  }
  if (count < 1 || height < 1 || width < 1) throw badFile(where, 'it holds no images.')
  if (height * width > imageLimits.pixels)
    throw badFile(where, `its images are ${width} x ${height} pixels, too large.`)
  if (held && count * height * width * channels > importLimits.heldBytes) {
    const most = importLimits.heldBytes / 1e6
    throw badFile(
      where,
      `its images take more than ${most} MB. Save them uncompressed, as bytes, or as pictures.`,
    )
  }
}

export class HeldPixels implements PixelArray {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly nameOf: (index: number) => string
  readonly #pixels: Uint8Array

  constructor(shape: ImageShape, pixels: Uint8Array, nameOf: (index: number) => string) {
    this.count = shape.count
    this.height = shape.height
    this.width = shape.width
    this.channels = shape.channels
    this.nameOf = nameOf
    this.#pixels = pixels
  }

  async image(index: number): Promise<Uint8Array> {
    const size = this.height * this.width * this.channels
    return this.#pixels.subarray(index * size, (index + 1) * size)
  }
}

/** Read at once, so that images in a row cost one reading. */
const blockBytes = 1 << 20

/** Bytes in the order of [count, height, width, channels], read from the file a block at a time. */
export class SlicedPixels implements PixelArray {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly nameOf: (index: number) => string
  readonly #file: ByteFile
  readonly #slice: NonNullable<ByteFile['slice']>
  readonly #offset: number
  #block: { readonly from: number; readonly bytes: Promise<Uint8Array> } | undefined

  constructor(
    shape: ImageShape,
    source: { file: ByteFile; slice: NonNullable<ByteFile['slice']>; offset: number },
    nameOf: (index: number) => string,
  ) {
    this.count = shape.count
    this.height = shape.height
    this.width = shape.width
    this.channels = shape.channels
    this.nameOf = nameOf
    this.#file = source.file
    this.#slice = source.slice
    this.#offset = source.offset
  }

  async image(index: number): Promise<Uint8Array> {
    const size = this.height * this.width * this.channels
    const perBlock = Math.max(1, Math.floor(blockBytes / size))
    const from = Math.floor(index / perBlock) * perBlock
    if (this.#block?.from !== from) {
      this.#block = { from, bytes: this.#slice(this.#offset + from * size, perBlock * size) }
    }
    const block = await this.#block.bytes
    const pixels = block.slice((index - from) * size, (index - from + 1) * size)
    if (pixels.length < size) throw badFile(this.#file.where, 'it has become shorter while it was read.')
    return pixels
  }
}
