import { createGunzip } from 'node:zlib'
import { type ByteFile, readingError, tooLarge } from './byte-file.ts'
import { through } from './through.ts'

/** What a gzip file holds. It can only be read from its beginning, and whoever reads it stops where it has enough. */
export class GunzipFile implements ByteFile {
  readonly path: string
  readonly where: string
  readonly slice = undefined
  readonly #packed: ByteFile

  constructor(packed: ByteFile) {
    this.path = packed.path.replace(/\.gz$/i, '')
    this.where = packed.where
    this.#packed = packed
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* through<Uint8Array>(this.#packed.chunks(), createGunzip())
    } catch (error) {
      throw readingError(this.where, error)
    }
  }

  bytes(limit: number): Promise<Uint8Array> {
    return gather(this, limit)
  }
}

/** @throws bad-file: more than `limit` bytes */
export async function gather(file: ByteFile, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file.chunks()) {
    size += chunk.length
    if (size > limit) throw tooLarge(file.where, size, limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
