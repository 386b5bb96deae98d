/** Numbers a chunk: 64 KiB, small enough to add without a pause, large enough to be few. */
const chunkLength = 16_384

/** A growing list of 32-bit floats: adding copies what is new and nothing that is old. A million are 62 chunks. */
export class FloatChunks {
  length = 0
  readonly #chunks: Float32Array[] = []

  clear(): void {
    this.length = 0
    this.#chunks.length = 0
  }

  push(value: number): void {
    const offset = this.length % chunkLength
    if (offset === 0) this.#chunks.push(new Float32Array(chunkLength))
    const chunk = this.#chunks.at(-1)
    if (chunk !== undefined) chunk[offset] = value
    this.length++
  }

  append(values: Float32Array): void {
    for (let taken = 0; taken < values.length; ) {
      const offset = this.length % chunkLength
      if (offset === 0) this.#chunks.push(new Float32Array(chunkLength))
      const part = values.subarray(taken, taken + chunkLength - offset)
      this.#chunks.at(-1)?.set(part, offset)
      this.length += part.length
      taken += part.length
    }
  }

  /** NaN outside of what is here. */
  at(index: number): number {
    if (index < 0 || index >= this.length) return Number.NaN
    return this.#chunks[Math.floor(index / chunkLength)]?.[index % chunkLength] ?? Number.NaN
  }
}
