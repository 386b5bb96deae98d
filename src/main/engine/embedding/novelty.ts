import { novelFrom } from '../../../shared/contract/search.ts'
import type { Novelty } from '../../../shared/contract.ts'
import { imageAt, type LabelledImages } from '../data/data-set.ts'
import type { Embedding } from './embed.ts'
import { upTo } from './error-rates.ts'
import { nearestFlat } from './nearest.flat.ts'
import { pointAt } from './nearest.ts'
import { createNearestIndex } from './nearest-index.ts'
import { nearestPixelDistance, nearestPixelDistances } from './pixel-distances.ts'

/** Distance to the k-th nearest, so that one training image far from the rest makes nothing near it familiar. */
const k = 5
/** Held-out images that say what is usual: a hundredth of them is ten. */
const mostReferences = 1000
/** Training images that pixels are compared with; of more, every n-th, for the held-out images and the query alike. */
const mostCompared = 10_000

/** Images with where they fall. */
export interface Placement {
  readonly images: LabelledImages
  readonly embedding: Embedding
}

/**
 * How unlike everything seen in training an image is, by two distances to the training images, each as a rank among those
 * of held-out images: in the embedding to the fifth nearest, and in pixels to the nearest, because few dimensions fold
 * strange images onto familiar ones. The greater rank counts, and is ranked once more among the held-out images' own greater
 * ranks, so that a percentile of 0.99 means one held-out image in a hundred, not two. (Distance to the k-th
 * neighbour as a sign of what was not seen: Sun and others, ICML 2022.)
 */
export class NoveltyScale {
  readonly #train: Embedding
  readonly #compared: LabelledImages
  /** The training images among those compared are every so many. */
  readonly #step: number
  /** Of the held-out images, sorted: [references]. */
  readonly #inEmbedding: Float64Array
  readonly #inPixels: Float64Array
  readonly #greater: Float64Array

  private constructor(
    train: Embedding,
    compared: LabelledImages,
    step: number,
    inEmbedding: Float64Array,
    inPixels: Float64Array,
  ) {
    this.#train = train
    this.#compared = compared
    this.#step = step
    this.#inEmbedding = inEmbedding.toSorted()
    this.#inPixels = inPixels.toSorted()
    this.#greater = inEmbedding
      .map((distance, i) =>
        Math.max(share(this.#inEmbedding, distance), share(this.#inPixels, inPixels[i] as number)),
      )
      .sort()
  }

  /** Half a second natively for 10,000 training images; the thread is let go in between. @throws cancelled */
  static async measure(train: Placement, test: Placement, signal?: AbortSignal): Promise<NoveltyScale> {
    const references = everyNth(test.images, Math.ceil(test.images.count / mostReferences))
    const step = Math.ceil(train.images.count / mostCompared)
    const compared = everyNth(train.images, step).images
    const points = takeRows(test.embedding, references.indices)
    const index = createNearestIndex(train.embedding, 'once')
    const nearest = await index.batch(points, k, undefined, signal)
    const inEmbedding = Float64Array.from(nearest, ({ distances }) => distances.at(-1) as number)
    const inPixels = await nearestPixelDistances(references.images, compared, signal)
    return new NoveltyScale(train.embedding, compared, step, inEmbedding, inPixels)
  }

  /**
   * @param pixels as the network sees it; null for what is no image
   * @param itself index of the training image that it is, or -1
   */
  judge(point: Float32Array, pixels: Uint8Array | null, itself = -1): Novelty {
    const toFifth = nearestFlat(this.#train, point, k, itself).distances.at(-1) ?? Number.POSITIVE_INFINITY
    const embedding = { distance: toFifth, percentile: share(this.#inEmbedding, toFifth) }
    const inPixels = pixels === null ? null : this.#inPixelsOf(pixels, itself)
    const greater = Math.max(embedding.percentile, inPixels?.percentile ?? 0)
    const percentile = inPixels === null ? embedding.percentile : share(this.#greater, greater)
    return {
      percentile,
      novel: percentile >= novelFrom,
      embedding,
      pixels: inPixels,
      references: this.#greater.length,
    }
  }

  #inPixelsOf(pixels: Uint8Array, itself: number): { distance: number; percentile: number } {
    const exclude = itself >= 0 && itself % this.#step === 0 ? itself / this.#step : -1
    const distance = nearestPixelDistance(pixels, this.#compared, exclude)
    return { distance, percentile: share(this.#inPixels, distance) }
  }
}

/** Share of the sorted values that are below one. What is no number is above all. */
function share(sorted: Float64Array, value: number): number {
  return Number.isNaN(value) ? 1 : upTo(sorted, value - Number.EPSILON * Math.abs(value)) / sorted.length
}

function everyNth(images: LabelledImages, step: number): { images: LabelledImages; indices: Int32Array } {
  const indices = Int32Array.from({ length: Math.ceil(images.count / step) }, (_, i) => i * step)
  if (step === 1) return { images, indices }
  const size = images.height * images.width
  const pixels = new Uint8Array(indices.length * size)
  indices.forEach((index, i) => {
    pixels.set(imageAt(images, index), i * size)
  })
  const labels = Uint16Array.from(indices, index => images.labels[index] as number)
  return { images: { ...images, pixels, labels, count: indices.length }, indices }
}

function takeRows(embedding: Embedding, indices: Int32Array): Embedding {
  const values = new Float32Array(indices.length * embedding.size)
  indices.forEach((index, i) => {
    values.set(pointAt(embedding, index), i * embedding.size)
  })
  return { values, count: indices.length, size: embedding.size }
}
