import type { Images } from '../../shared/contract.ts'
import { imagesKey } from '../datasets/same-images.ts'
import { type Engine, useEngine } from '../engine.ts'
import { imagesOfPoints } from '../explorer/splits/images-of-points.ts'
import { shownImages } from '../explorer/splits/shown-images.ts'
import { nthImage } from '../ui/image-pixels.ts'

type Fetch = (indices: Int32Array) => Promise<Pick<Images, 'pixels'>>

/** Enough for every image that is on the screen at once, ten times over: 400 KB of digits. */
const capacity = 512

/**
 * Images by the number of their point, which of a test image is its index. Those wished for at once are fetched with one call, and the ones last used are kept.
 * Pixels are [height * width * channels].
 */
export class TestImages {
  readonly #fetch: Fetch
  readonly #capacity: number
  /** In order of use, the oldest first: a Map keeps the order in which keys came. */
  readonly #kept = new Map<number, Promise<Uint8Array>>()
  #wanted: { indices: number[]; images: Promise<Pick<Images, 'pixels'>> } | null = null

  constructor(fetch: Fetch, most = capacity) {
    this.#fetch = fetch
    this.#capacity = most
  }

  /** @throws TwinlensError as the engine's; the next wish asks again */
  get(index: number): Promise<Uint8Array> {
    const image = this.#kept.get(index) ?? this.#ask(index)
    this.#kept.delete(index)
    this.#kept.set(index, image)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#capacity) break
      this.#kept.delete(oldest)
    }
    return image
  }

  async #ask(index: number): Promise<Uint8Array> {
    if (this.#wanted === null) {
      const indices: number[] = []
      const images = Promise.resolve().then(() => {
        this.#wanted = null
        return this.#fetch(Int32Array.from(indices))
      })
      this.#wanted = { indices, images }
    }
    const { indices, images } = this.#wanted
    const at = indices.push(index) - 1
    try {
      const { pixels } = await images
      return nthImage(pixels, indices.length, at)
    } catch (error) {
      this.#kept.delete(index)
      throw error
    }
  }
}

const caches = new WeakMap<Engine, { dataSet: string; images: TestImages }>()

/** The images of the data set that is open; those of another are forgotten. */
export function useTestImages(): () => TestImages {
  const engine = useEngine()
  return () => {
    const dataSet = imagesKey(engine.data.value)
    let cache = caches.get(engine)
    if (cache?.dataSet !== dataSet) {
      const { imageOf } = shownImages(engine.data.value?.testLabels ?? new Uint16Array(0))
      const images = new TestImages(points =>
        imagesOfPoints(points, imageOf, (split, indices) => engine.client.images({ split, indices })),
      )
      cache = { dataSet, images }
      caches.set(engine, cache)
    }
    return cache.images
  }
}
