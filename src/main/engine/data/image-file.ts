import { readFile, stat } from 'node:fs/promises'
import { JsColorType, Transformer } from '@napi-rs/image'
import { imageSize } from 'image-size'
import { badFile, TwinlensError } from '../../../shared/errors.ts'
import { decodeGif } from './gif.ts'

/** A picture as decoded: [height, width, 4] bytes, alpha not premultiplied. */
export interface DecodedImage {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

/**
 * What is refused before decoding, by the header alone: a 400 KB file can claim 20,000 x 20,000 pixels and take
 * gigabytes. 64 megapixels hold any camera's picture that one would search with.
 */
export const imageLimits = { pixels: 64_000_000, fileBytes: 256_000_000 } as const

const readable = new Set(['png', 'jpg', 'webp', 'bmp', 'tiff', 'gif'])

/** @throws bad-file: missing, too large, not a picture, damaged */
export async function readImageFile(path: string): Promise<DecodedImage> {
  let bytes: Buffer
  try {
    const { size } = await stat(path)
    if (size > imageLimits.fileBytes) throw badFile(path, `it is too large (${Math.round(size / 1e6)} MB).`)
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof TwinlensError) throw error
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw badFile(path, missing ? 'there is no such file.' : 'it cannot be read.', error)
  }
  return decodeImage(bytes, path)
}

/** Of a moving picture the first frame. @param name what a message calls it @throws bad-file */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<DecodedImage> {
  const type = checkHeader(bytes, name)
  try {
    if (type === 'gif') return decodeGif(bytes)
    const { width, height, colorType } = await uprightSize(bytes, name)
    const raw = await new Transformer(bytes).rotate().rawPixels()
    return { width, height, rgba: toRgba(raw, colorType, width * height) }
  } catch (error) {
    if (error instanceof TwinlensError) throw error
    throw badFile(name, 'it is damaged: it cannot be decoded.', error)
  }
}

/** A picture's size as it stands upright. @throws bad-file: too large; whatever the decoder throws */
async function uprightSize(bytes: Uint8Array, name: string) {
  const { width, height, orientation = 1, colorType } = await new Transformer(bytes).metadata(true)
  // Of several sizes that a file may hold, the decoder need not go by the one that was looked at.
  checkPixels(width, height, name)
  // EXIF orientations 5 to 8 lie on their side.
  return orientation >= 5 ? { width: height, height: width, colorType } : { width, height, colorType }
}

/** A picture that is decoded when its pixels are asked for, and its size as it stands upright. */
export interface OpenPicture {
  readonly size: { readonly width: number; readonly height: number }
  readonly transformer: Transformer
}

/** For whoever wants a picture small: the decoder can scale it before its pixels come over. @throws bad-file */
export async function openPictureFile(bytes: Uint8Array, name: string): Promise<OpenPicture> {
  if (checkHeader(bytes, name) === 'gif') {
    const { width, height, rgba } = await decodeImage(bytes, name)
    return { size: { width, height }, transformer: Transformer.fromRgbaPixels(rgba, width, height) }
  }
  try {
    const { width, height } = await uprightSize(bytes, name)
    return { size: { width, height }, transformer: new Transformer(bytes).rotate() }
  } catch (error) {
    if (error instanceof TwinlensError) throw error
    throw badFile(name, 'it is damaged: it cannot be decoded.', error)
  }
}

/** What a picture takes decoded, by its header alone. @throws bad-file */
export function decodedBytes(bytes: Uint8Array, name: string): number {
  const { width, height } = headerOf(bytes, name)
  return width * height * 4
}

/** @returns the format, by its content */
const checkHeader = (bytes: Uint8Array, name: string): string => headerOf(bytes, name).type

/** @throws bad-file: no picture that can be read, or too large */
function headerOf(bytes: Uint8Array, name: string): { width: number; height: number; type: string } {
  if (bytes.length === 0) throw badFile(name, 'it is empty.')
  let header: ReturnType<typeof imageSize>
  try {
    header = imageSize(bytes)
  } catch (error) {
    throw badFile(name, 'it is not a picture that can be read (PNG, JPEG, WebP, BMP, TIFF or GIF).', error)
  }
  const { width, height, type } = header
  if (type === undefined || !readable.has(type)) {
    const what = type === undefined ? 'of an unknown kind' : type.toUpperCase()
    throw badFile(name, `it is ${what}; PNG, JPEG, WebP, BMP, TIFF and GIF can be read.`)
  }
  checkPixels(width, height, name)
  return { width, height, type }
}

function checkPixels(width: number, height: number, name: string): void {
  if (width * height > imageLimits.pixels) {
    const most = imageLimits.pixels / 1e6
    throw badFile(name, `it is ${width} x ${height} pixels; at most ${most} megapixels can be read.`)
  }
}

/** How each of the decoder's layouts holds a pixel: channels, and how its values become bytes. */
const layouts: Record<JsColorType, { channels: 1 | 2 | 3 | 4; depth: 8 | 16 | 32 }> = {
  [JsColorType.L8]: { channels: 1, depth: 8 },
  [JsColorType.La8]: { channels: 2, depth: 8 },
  [JsColorType.Rgb8]: { channels: 3, depth: 8 },
  [JsColorType.Rgba8]: { channels: 4, depth: 8 },
  [JsColorType.L16]: { channels: 1, depth: 16 },
  [JsColorType.La16]: { channels: 2, depth: 16 },
  [JsColorType.Rgb16]: { channels: 3, depth: 16 },
  [JsColorType.Rgba16]: { channels: 4, depth: 16 },
  [JsColorType.Rgb32F]: { channels: 3, depth: 32 },
  [JsColorType.Rgba32F]: { channels: 4, depth: 32 },
}

function toRgba(raw: Buffer, colorType: JsColorType, pixels: number): Uint8Array {
  const { channels, depth } = layouts[colorType]
  if (raw.length !== (pixels * channels * depth) / 8)
    throw new Error('its pixels are not as many as its size says')
  const values = toBytes(raw, depth)
  const rgba = new Uint8Array(pixels * 4)
  for (let i = 0; i < pixels; i++) {
    const from = i * channels
    const grey = channels < 3
    rgba[i * 4] = values[from] as number
    rgba[i * 4 + 1] = values[grey ? from : from + 1] as number
    rgba[i * 4 + 2] = values[grey ? from : from + 2] as number
    rgba[i * 4 + 3] = channels % 2 === 0 ? (values[from + channels - 1] as number) : 255
  }
  return rgba
}

function toBytes(raw: Buffer, depth: 8 | 16 | 32): Uint8Array {
  if (depth === 8) return raw
  const copy = new Uint8Array(raw).buffer
  return depth === 16
    ? Uint8Array.from(new Uint16Array(copy), value => value >> 8)
    : Uint8Array.from(new Float32Array(copy), value => Math.round(Math.min(1, Math.max(0, value)) * 255))
}
