import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { Transformer } from '@napi-rs/image'
import { GifWriter } from 'omggif'
import { decodeImage } from '../../../src/main/engine/data/image-file.ts'
import type { FuzzedParser } from '../parser.ts'

const side = 12
const rgba = Uint8Array.from({ length: side * side * 4 }, (_, i) =>
  i % 4 === 3 ? 255 - (i % 9) : (i * 37) % 256,
)
const picture = (): Transformer => Transformer.fromRgbaPixels(rgba, side, side)

function gif(): Uint8Array {
  const buffer = new Uint8Array(4096)
  const writer = new GifWriter(buffer, side, side, { palette: [0, 0xff0000, 0x00ff00, 0x0000ff] })
  const indices = Array.from({ length: side * side }, (_, i) => (i * i) % 4)
  writer.addFrame(0, 0, side, side, indices, { transparent: 2 })
  writer.addFrame(0, 0, side, side, indices)
  return buffer.slice(0, writer.end())
}

/** A PNG whose chunks have the sums that they should, as far as its lengths lead: a decoder looks at it further. */
function withSums(png: Uint8Array): Buffer {
  const bytes = Buffer.from(png)
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) break
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end)
    at = end + 4
  }
  return bytes
}

async function decode(bytes: Uint8Array): Promise<void> {
  const { width, height, rgba: pixels } = await decodeImage(bytes, 'picture')
  if (pixels.length !== width * height * 4) throw new Error(`${pixels.length} bytes for ${width} x ${height}`)
}

/** Each format by itself, since a damaged one is seldom still of another. */
export async function pictureParsers(): Promise<FuzzedParser[]> {
  const paper = await readFile(join(import.meta.dirname, '../../fixtures/seven-on-paper.png'))
  const files: Record<string, Uint8Array[]> = {
    PNG: [await picture().png(), await picture().grayscale().png(), paper],
    JPEG: [await picture().jpeg(80), await picture().grayscale().jpeg(60)],
    WebP: [await picture().webpLossless(), await picture().webp(70)],
    BMP: [await picture().bmp()],
    TIFF: [await picture().tiff()],
    GIF: [gif()],
  }
  const formats = Object.entries(files).map(([name, seeds]) => ({ name, seeds, parse: decode }))
  return [
    ...formats,
    { name: 'PNG of right sums', seeds: files['PNG'] ?? [], parse: bytes => decode(withSums(bytes)) },
  ]
}
