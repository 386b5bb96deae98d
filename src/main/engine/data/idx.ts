import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { badFile, TwinlensError } from '../../../shared/errors.ts'
import { through } from './import/through.ts'

/**
 * IDX, the format of the MNIST files (described by LeCun, Cortes and Burges on the MNIST page): two zero bytes, a type
 * byte, the number of dimensions, each dimension as a big-endian 32-bit number, then the data, row by row.
 */
export interface IdxArray {
  readonly dimensions: readonly number[]
  readonly data: Uint8Array
}

const unsignedByte = 0x08
const otherTypes: Record<number, string> = {
  9: 'signed bytes',
  11: '16-bit numbers',
  12: '32-bit numbers',
  13: '32-bit floats',
  14: '64-bit floats',
}

/** Deflate cannot shrink more than about 1,032 times, so a header that claims more than that lies. */
const mostDeflateRatio = 1032

/**
 * Reads an IDX file of unsigned bytes, plain or gzip (told by its content, not its name).
 * Memory is taken once, of the size the header says, after the file's own size has confirmed that it can be so.
 * @param limit read only the first `limit` entries of the first dimension
 * @throws bad-file: missing, wrong magic, another type, truncated, longer than its header says
 */
export async function readIdx(file: string, limit = Number.POSITIVE_INFINITY): Promise<IdxArray> {
  const fileSize = await sizeOf(file)
  try {
    const gzip = await isGzip(file)
    const reader = new IdxReader(file, limit, gzip ? fileSize * mostDeflateRatio : fileSize)
    const stream = createReadStream(file)
    try {
      const chunks: AsyncIterable<Buffer> = gzip ? through(stream, createGunzip()) : stream
      for await (const chunk of chunks) {
        if (reader.take(chunk)) break
      }
    } finally {
      stream.destroy()
    }
    return reader.finish()
  } catch (error) {
    if (error instanceof TwinlensError) throw error
    throw badFile(
      file,
      `it cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      error,
    )
  }
}

/** Fills one array from the chunks of a file, checking the header as soon as it has arrived. */
class IdxReader {
  readonly #file: string
  readonly #limit: number
  readonly #mostBytes: number
  #head = Buffer.alloc(0)
  #dimensions: number[] = []
  #data: Uint8Array | undefined
  #filled = 0
  #wholeFile = true

  constructor(file: string, limit: number, mostBytes: number) {
    this.#file = file
    this.#limit = limit
    this.#mostBytes = mostBytes
  }

  /** Returns true once nothing more is needed. */
  take(chunk: Buffer): boolean {
    let rest = chunk
    if (this.#data === undefined) {
      this.#head = Buffer.concat([this.#head, chunk])
      const headerSize = this.#parseHeader()
      if (headerSize === undefined) return false
      rest = this.#head.subarray(headerSize)
    }
    const data = this.#data as Uint8Array
    const room = data.length - this.#filled
    if (rest.length > room && this.#wholeFile) {
      throw badFile(this.#file, 'it holds more data than its header says.')
    }
    data.set(rest.subarray(0, room), this.#filled)
    this.#filled += Math.min(rest.length, room)
    return !this.#wholeFile && this.#filled === data.length
  }

  finish(): IdxArray {
    if (this.#data === undefined) throw badFile(this.#file, 'it is too short to be an IDX file.')
    if (this.#filled < this.#data.length) {
      throw badFile(
        this.#file,
        `it is truncated: its header promises ${this.#data.length} bytes of data, ${this.#filled} are there.`,
      )
    }
    return { dimensions: this.#dimensions, data: this.#data }
  }

  /** Size of the header in bytes once it is complete. */
  #parseHeader(): number | undefined {
    const head = this.#head
    if (head.length < 4) return undefined
    const type = head[2] as number
    const rank = head[3] as number
    if (head[0] !== 0 || head[1] !== 0 || rank < 1 || rank > 4) {
      throw badFile(this.#file, 'it is not an IDX file (its first bytes are not those of the format).')
    }
    if (type !== unsignedByte) {
      const what = otherTypes[type] ?? `an unknown type (0x${type.toString(16)})`
      throw badFile(this.#file, `it holds ${what}; only IDX files of unsigned bytes can be read.`)
    }
    const headerSize = 4 + 4 * rank
    if (head.length < headerSize) return undefined
    const dimensions = Array.from({ length: rank }, (_, i) => head.readUInt32BE(4 + 4 * i))
    const first = dimensions[0] as number
    const entrySize = dimensions.slice(1).reduce((product, n) => product * n, 1)
    const promised = first * entrySize
    if (promised > this.#mostBytes) {
      throw badFile(
        this.#file,
        `it is truncated: its header promises ${promised} bytes, more than the file can hold.`,
      )
    }
    const kept = Math.min(first, this.#limit)
    this.#wholeFile = kept === first
    this.#dimensions = [kept, ...dimensions.slice(1)]
    this.#data = new Uint8Array(kept * entrySize)
    return headerSize
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const info = await stat(file)
    if (info.isDirectory()) throw badFile(file, 'it is a folder, not an IDX file.')
    return info.size
  } catch (error) {
    if (error instanceof TwinlensError) throw error
    throw badFile(file, 'there is no such file, or it cannot be read.', error)
  }
}

async function isGzip(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 1 })) {
    const head: Buffer = chunk
    return head[0] === 0x1f && head[1] === 0x8b
  }
  return false
}
