import { novelFrom } from '../../../shared/contract/search.ts'
import type { Novelty } from '../../../shared/contract.ts'
import { imageAt, type LabelledImages, pixelsPerImage } from '../data/data-set.ts'
import type { Embedding } from './embed.ts'
import { upTo } from './error-rates.ts'
import { nearestFlat } from './nearest.flat.ts'
import { pointAt } from './nearest.ts'
import { createNearestIndex } from './nearest-index.ts'
import { PixelGallery } from './pixel-distances.ts'

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

/** The distances that are ranked: each has its own kind of strange image that only it tells. */
type Sign = 'embedding' | 'pixels' | 'shape'
type Distances = Readonly<Record<Sign, number>>

/**
 * How unlike everything seen in training an image is, by three distances to the training images, each as a rank among
 * those of held-out images: in the embedding to the fifth nearest (distance to the k-th neighbour as a sign of what was not
 * seen: Sun and others, ICML 2022), and in pixels to the nearest, by brightness and by shape, because few dimensions fold
 * strange images onto familiar ones. The greatest rank counts, and is ranked once more among the held-out images' own
 * greatest ranks, so that a percentile of 0.99 means one held-out image in a hundred, not three.
 */
export class NoveltyScale {
  readonly #train: Embedding
  readonly #compared: PixelGallery
  /** The training images among those compared are every so many. */
  readonly #step: number
  /** Of the held-out images, sorted: [references] each. */
  readonly #usual: Readonly<Record<Sign, Float64Array>>
  readonly #greatest: Float64Array

  private constructor(
    train: Embedding,
    compared: PixelGallery,
    step: number,
    usual: Readonly<Record<Sign, Float64Array>>,
  ) {
    this.#train = train
    this.#compared = compared
    this.#step = step
    const { embedding, pixels, shape } = usual
    this.#usual = { embedding: embedding.toSorted(), pixels: pixels.toSorted(), shape: shape.toSorted() }
    this.#greatest = embedding
      .map((distance, i) => {
        const own = { embedding: distance, pixels: pixels[i] as number, shape: shape[i] as number }
        return greatestOf(this.#ranks(own))
      })
      .sort()
  }

  /** Half a second natively for 10,000 training images; the thread is let go in between. @throws cancelled */
  static async measure(train: Placement, test: Placement, signal?: AbortSignal): Promise<NoveltyScale> {
    const references = everyNth(test.images, Math.ceil(test.images.count / mostReferences))
    const step = Math.ceil(train.images.count / mostCompared)
    const compared = new PixelGallery(everyNth(train.images, step).images)
    const points = takeRows(test.embedding, references.indices)
    const index = createNearestIndex(train.embedding, 'once')
    const nearest = await index.batch(points, k, undefined, signal)
    const embedding = Float64Array.from(nearest, ({ distances }) => distances.at(-1) as number)
    const { brightness: pixels, shape } = await compared.nearestOfEach(references.images, signal)
    return new NoveltyScale(train.embedding, compared, step, { embedding, pixels, shape })
  }

  /**
   * @param pixels as the network sees it; null for what is no image
   * @param itself index of the training image that it is, or -1
   */
  judge(point: Float32Array, pixels: Uint8Array | null, itself = -1): Novelty {
    const embedding = nearestFlat(this.#train, point, k, itself).distances.at(-1) ?? Number.POSITIVE_INFINITY
    const references = this.#greatest.length
    if (pixels === null) {
      const percentile = share(this.#usual.embedding, embedding)
      const novel = percentile >= novelFrom
      return {
        percentile,
        novel,
        embedding: { distance: embedding, percentile },
        pixels: null,
        shape: null,
        references,
      }
    }
    const exclude = itself >= 0 && itself % this.#step === 0 ? itself / this.#step : -1
    const { brightness, shape } = this.#compared.nearest(pixels, exclude)
    const distances = { embedding, pixels: brightness, shape }
    const ranks = this.#ranks(distances)
    const percentile = share(this.#greatest, greatestOf(ranks))
    const of = (sign: Sign) => ({ distance: distances[sign], percentile: ranks[sign] })
    return {
      percentile,
      novel: percentile >= novelFrom,
      embedding: of('embedding'),
      pixels: of('pixels'),
      shape: of('shape'),
      references,
    }
  }

  #ranks(distances: Distances): Distances {
    return {
      embedding: share(this.#usual.embedding, distances.embedding),
      pixels: share(this.#usual.pixels, distances.pixels),
      shape: share(this.#usual.shape, distances.shape),
    }
  }
}

const greatestOf = ({ embedding, pixels, shape }: Distances): number => Math.max(embedding, pixels, shape)

/** Share of the sorted values that are below one. What is no number is above all. */
function share(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 1
  return upTo(sorted, value - Number.EPSILON * Math.abs(value)) / sorted.length
}

function everyNth(images: LabelledImages, step: number): { images: LabelledImages; indices: Int32Array } {
  const indices = Int32Array.from({ length: Math.ceil(images.count / step) }, (_, i) => i * step)
  if (step === 1) return { images, indices }
  const size = pixelsPerImage(images)
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
