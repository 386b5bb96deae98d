import { crc32, createInflateRaw } from 'node:zlib'
import type { Entry } from 'yauzl'
import { badFile } from '../../../../shared/errors.ts'
import { type ByteFile, readingError, tooLarge } from './byte-file.ts'
import { gather } from './gunzip-file.ts'
import { through } from './through.ts'

type Slice = NonNullable<ByteFile['slice']>

/** A zip to be read at random: on the disk, or held. */
export interface ZipContainer {
  readonly where: string
  readonly size: number
  readonly slice: Slice
}

/** Bytes of a local header before the name. */
const localHeader = 30

/** A file of a zip, unpacked only while it is read, and checked against what the zip says of it. */
export class ZipMember implements ByteFile {
  readonly path: string
  readonly slice: Slice | undefined
  readonly #container: ZipContainer
  readonly #offset: number
  readonly #packedSize: number
  readonly #size: number
  readonly #crc: number
  readonly #stored: boolean
  #start: Promise<number> | undefined

  constructor(container: ZipContainer, entry: Entry, path: string) {
    this.#container = container
    this.path = path
    this.#offset = entry.relativeOffsetOfLocalHeader
    this.#packedSize = entry.compressedSize
    this.#size = entry.uncompressedSize
    this.#crc = entry.crc32
    this.#stored = entry.compressionMethod === 0 && entry.compressedSize === entry.uncompressedSize
    this.slice = this.#stored ? (from, length) => this.#packed(from, length) : undefined
  }

  get where(): string {
    return `${this.#container.where}/${this.path}`
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    let size = 0
    let crc = 0
    try {
      const packed = this.#packedChunks()
      const chunks = this.#stored ? packed : through<Uint8Array>(packed, createInflateRaw())
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > this.#size) break
        crc = crc32(chunk, crc)
        yield chunk
      }
    } catch (error) {
      throw readingError(this.where, error)
    }
    if (size !== this.#size || crc !== this.#crc)
      throw badFile(this.where, 'it is damaged: it is not what the zip says of it.')
  }

  async size(): Promise<number> {
    return this.#size
  }

  async bytes(limit: number): Promise<Uint8Array> {
    if (this.#size > limit) throw tooLarge(this.where, this.#size, limit)
    return gather(this, limit)
  }

  async *#packedChunks(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < this.#packedSize; from += 1 << 20) {
      const chunk = await this.#packed(from, 1 << 20)
      if (chunk.length === 0) throw badFile(this.where, 'it is cut short.')
      yield chunk
    }
  }

  async #packed(from: number, length: number): Promise<Uint8Array> {
    this.#start ??= this.#findStart()
    const left = Math.max(0, Math.min(length, this.#packedSize - from))
    return this.#container.slice((await this.#start) + from, left)
  }

  async #findStart(): Promise<number> {
    const head = Buffer.from(await this.#container.slice(this.#offset, localHeader))
    if (head.length < localHeader || head.readUInt32LE(0) !== 0x04034b50)
      throw badFile(this.where, 'it is damaged.')
    return this.#offset + localHeader + head.readUInt16LE(26) + head.readUInt16LE(28)
  }
}
