import { type FileHandle, open } from 'node:fs/promises'

/** Images written one after another to a file while it is not known yet in which order they are wanted. */
export class Scratch {
  readonly #file: FileHandle
  readonly #size: number
  readonly #buffer: Uint8Array
  #held = 0
  #written = 0

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.#size = size
    // About a megabyte: a write an image would cost more than making it.
    this.#buffer = new Uint8Array(size * Math.max(1, Math.floor(2 ** 20 / size)))
  }

  /** @param size bytes of an image */
  static async create(path: string, size: number): Promise<Scratch> {
    return new Scratch(await open(path, 'wx+'), size)
  }

  async add(image: Uint8Array): Promise<void> {
    this.#buffer.set(image, this.#held)
    this.#held += this.#size
    if (this.#held === this.#buffer.length) await this.flush()
  }

  /** Before any is read. */
  async flush(): Promise<void> {
    await this.#file.write(this.#buffer, 0, this.#held, this.#written)
    this.#written += this.#held
    this.#held = 0
  }

  /** Image `index`, as it was added. */
  async read(index: number): Promise<Uint8Array> {
    const image = new Uint8Array(this.#size)
    await this.#file.read(image, 0, this.#size, index * this.#size)
    return image
  }

  /** Those images of all, in order, that are wanted; read a megabyte at a time. */
  async *only(count: number, wanted: (index: number) => boolean): AsyncGenerator<Uint8Array, void> {
    const atOnce = this.#buffer.length / this.#size
    for (let from = 0; from < count; from += atOnce) {
      const some = Math.min(atOnce, count - from)
      const { buffer } = await this.#file.read(
        new Uint8Array(some * this.#size),
        0,
        some * this.#size,
        from * this.#size,
      )
      const kept: number[] = []
      for (let i = 0; i < some; i++) if (wanted(from + i)) kept.push(i)
      const out = new Uint8Array(kept.length * this.#size)
      kept.forEach((i, at) => {
        out.set(buffer.subarray(i * this.#size, (i + 1) * this.#size), at * this.#size)
      })
      if (kept.length > 0) yield out
    }
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}
