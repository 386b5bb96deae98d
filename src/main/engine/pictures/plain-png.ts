import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import type { ImageShape } from '../data/data-set.ts'

const deflated = promisify(deflate)

/**
 * A large picture as a PNG file (w3.org/TR/png-3), grey or in colour as its pixels are: `toPng` takes four bytes a pixel,
 * which of 8192 x 8192 grey ones are 268 MB. It is compressed beside the engine's thread.
 */
export async function toPlainPng(
  pixels: Uint8Array,
  { height, width, channels }: ImageShape,
): Promise<Buffer> {
  const line = width * channels
  // Each line begins with its filter's number: none.
  const lines = Buffer.alloc(height * (1 + line))
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(y * line, (y + 1) * line), y * (1 + line) + 1)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  header[9] = channels === 1 ? 0 : 2
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', await deflated(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
