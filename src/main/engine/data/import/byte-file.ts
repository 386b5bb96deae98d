import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { badFile, TwinlensError } from '../../../../shared/errors.ts'

/** A file's content, wherever it lies: on the disk, or in a zip. Nothing of it stays open between calls. */
export interface ByteFile {
  /** Within its folder or zip, parts divided by "/". */
  readonly path: string
  /** The same with where the folder or zip is: what a message names. */
  readonly where: string
  /** From its beginning, a piece at a time. @throws bad-file */
  chunks(): AsyncIterable<Uint8Array>
  /** Bytes, without reading them; left out where only reading tells. @throws bad-file */
  size?(): Promise<number>
  /** All of it. @throws bad-file: more than `limit` bytes */
  bytes(limit: number): Promise<Uint8Array>
  /** Part of it, shorter where the file ends before; undefined where it lies compressed. @throws bad-file */
  readonly slice: ((from: number, length: number) => Promise<Uint8Array>) | undefined
}

/** The first `length` bytes, or as many as there are. @throws bad-file */
export async function headOf(file: ByteFile, length: number): Promise<Uint8Array> {
  if (file.slice !== undefined) return file.slice(0, length)
  let head: Uint8Array = new Uint8Array(0)
  for await (const chunk of file.chunks()) {
    head = Buffer.concat([head, chunk])
    if (head.length >= length) break
  }
  return head.subarray(0, length)
}

export class DiskFile implements ByteFile {
  readonly path: string
  readonly where: string

  constructor(path: string, where: string) {
    this.path = path
    this.where = where
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(this.where, { highWaterMark: 1 << 18 })
    } catch (error) {
      throw readingError(this.where, error)
    }
  }

  async size(): Promise<number> {
    try {
      return (await stat(this.where)).size
    } catch (error) {
      throw readingError(this.where, error)
    }
  }

  bytes(limit: number): Promise<Uint8Array> {
    return this.#opened(async handle => {
      const { size } = await handle.stat()
      if (size > limit) throw tooLarge(this.where, size, limit)
      return handle.readFile()
    })
  }

  slice = (from: number, length: number): Promise<Uint8Array> =>
    this.#opened(async handle => {
      const buffer = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, from + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    })

  async #opened<T>(use: (handle: FileHandle) => Promise<T>): Promise<T> {
    let handle: FileHandle | undefined
    try {
      handle = await open(this.where, 'r')
      return await use(handle)
    } catch (error) {
      throw readingError(this.where, error)
    } finally {
      await handle?.close()
    }
  }
}

export function tooLarge(where: string, size: number, limit: number): TwinlensError {
  const mega = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
  return badFile(where, `it is too large (${mega(size)}; at most ${mega(limit)} can be read).`)
}

/** An error of the file system in words. */
export function readingError(where: string, error: unknown): TwinlensError {
  if (error instanceof TwinlensError) return error
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return badFile(where, 'there is no such file or folder.', error)
  if (code === 'EACCES' || code === 'EPERM') return badFile(where, 'it may not be read.', error)
  return badFile(
    where,
    `it cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    error,
  )
}
