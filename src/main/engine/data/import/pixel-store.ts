/**
 * Gathers values of 0-1 or 0-255 as bytes, in one pass and without knowing beforehand which of the two they are: only
 * when a value settles it are those before it put right.
 */
export class PixelStore {
  readonly pixels: Uint8Array
  #scale: 'unsure' | 'unit' | 'bytes' = 'unsure'

  constructor(size: number) {
    this.pixels = new Uint8Array(size)
  }

  /** @returns false for what is no brightness: NaN, below 0, above 255 */
  set(at: number, value: number): boolean {
    if (!(value >= 0 && value <= 255)) return false
    if (value > 1) {
      if (this.#scale === 'unit') this.#rescale(1 / 255)
      this.#scale = 'bytes'
    } else if (this.#scale === 'unsure' && value !== 0 && value !== 1) {
      this.#rescale(255)
      this.#scale = 'unit'
    }
    this.pixels[at] = Math.round(this.#scale === 'unit' ? value * 255 : value)
    return true
  }

  /** Values that were all 0 or 1 are black and white. */
  finish(): Uint8Array {
    if (this.#scale === 'unsure') this.#rescale(255)
    return this.pixels
  }

  #rescale(by: number): void {
    for (let i = 0; i < this.pixels.length; i++) this.pixels[i] = Math.round((this.pixels[i] as number) * by)
  }
}
