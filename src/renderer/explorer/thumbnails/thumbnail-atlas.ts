import { rgbaOf } from '../../ui/image-pixels.ts'
import { contextOf } from '../canvas-renderer.ts'
import { shrink, shrunkSize } from './shrink.ts'

/** Where images come from: pixels, [height * width * channels]. */
export interface ImageSource {
  readonly width: number
  readonly height: number
  get(index: number): Promise<Uint8Array>
}

/** Images that are kept, more than are ever in sight at once: panning back finds them there. */
const capacity = 1024
const across = 32
/** Images that are asked for at once: each answer is on the screen before the next is asked for. */
const batch = 64

/** Images side by side on one canvas, from which they are drawn as points; those not seen for longest make room. */
export class ThumbnailAtlas {
  readonly canvas: HTMLCanvasElement
  /** Of one image on the canvas, px. */
  readonly width: number
  readonly height: number
  readonly #source: ImageSource
  readonly #context: CanvasRenderingContext2D
  readonly #onArrived: () => void
  /** Places by index in the order of their last use: a Map keeps the order in which keys came. */
  readonly #places = new Map<number, number>()
  #wanted: ReadonlySet<number> = new Set()
  #asking = false

  /** @param onArrived after more images have come */
  constructor(source: ImageSource, onArrived: () => void, canvas = document.createElement('canvas')) {
    this.#source = source
    this.#onArrived = onArrived
    const { width, height } = shrunkSize(source.width, source.height)
    this.width = width
    this.height = height
    this.canvas = canvas
    canvas.width = across * width
    canvas.height = (capacity / across) * height
    this.#context = contextOf(canvas)
  }

  /** Where an image lies on the canvas, px; null while it is not there. */
  placeOf(index: number): { readonly x: number; readonly y: number } | null {
    const place = this.#places.get(index)
    if (place === undefined) return null
    return { x: (place % across) * this.width, y: Math.floor(place / across) * this.height }
  }

  /** Those in sight now, at most as many as are kept. What was wished for before and has not come is forgotten. */
  want(indices: readonly number[]): void {
    this.#wanted = new Set(indices)
    for (const index of indices) {
      const place = this.#places.get(index)
      if (place === undefined) continue
      this.#places.delete(index)
      this.#places.set(index, place)
    }
    if (!this.#asking) void this.#ask()
  }

  async #ask(): Promise<void> {
    this.#asking = true
    try {
      for (;;) {
        const missing = [...this.#wanted].filter(index => !this.#places.has(index)).slice(0, batch)
        if (missing.length === 0) return
        const images = await Promise.all(missing.map(index => this.#source.get(index)))
        missing.forEach((index, i) => {
          this.#put(index, images[i] as Uint8Array)
        })
        this.#onArrived()
      }
    } catch {
      // The engine is away, which the window says elsewhere: the points stay points until they are wished for again.
      this.#wanted = new Set()
    } finally {
      this.#asking = false
    }
  }

  #put(index: number, pixels: Uint8Array): void {
    const place = this.#places.size < capacity ? this.#places.size : this.#takeOldest()
    this.#places.set(index, place)
    const { width, height } = this
    const rgba = rgbaOf(shrink(pixels, this.#source.width, this.#source.height), { width, height })
    if (rgba === null) throw new Error('An image came in another size than its data set has.')
    const image = this.#context.createImageData(width, height)
    image.data.set(rgba)
    this.#context.putImageData(image, (place % across) * width, Math.floor(place / across) * height)
  }

  #takeOldest(): number {
    const [index, place] = this.#places.entries().next().value as [number, number]
    this.#places.delete(index)
    return place
  }
}
