import { crc32, deflateSync } from 'node:zlib'

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A PNG of 16 bits a value, [height, width, channels] row by row: 1 channel is grey, 3 colour, 4 colour and opacity. */
export function deepPng(
  width: number,
  height: number,
  channels: 1 | 3 | 4,
  values: readonly number[],
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 16
  header[9] = { 1: 0, 3: 2, 4: 6 }[channels]
  const row = width * channels
  const rows = Array.from({ length: height }, (_, y) => {
    const bytes = Buffer.alloc(1 + 2 * row)
    for (let i = 0; i < row; i++) bytes.writeUInt16BE(values[y * row + i] as number, 1 + 2 * i)
    return bytes
  })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A valid grey PNG, all black, of any size: a picture of 400 megapixels takes 400 KB. */
export function emptyPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
