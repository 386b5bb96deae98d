import { noClass, type Outsider, type Placed, type Query } from '../../../shared/contract.ts'
import { invalidInput } from '../../../shared/errors.ts'
import {
  type DataSet,
  type ImageShape,
  imageAt,
  type LabelledImages,
  pixelsPerImage,
  shapeOf,
} from '../data/data-set.ts'
import { decodeImage } from '../data/image-file.ts'
import { type PreparedImage, prepareGrey, prepareImage, targetOf } from '../data/preprocess.ts'
import type { Embedding } from '../embedding/embed.ts'
import { pointAt } from '../embedding/nearest.ts'
import type { SearchQuery } from '../embedding/search-points.ts'
import { meanImage } from '../explain/mean-image.ts'
import { onlyAfterTraining } from './measured.ts'
import type { Model } from './model.ts'
import type { PictureGalleries } from './picture-galleries.ts'

/** A query where it falls, with what is known of it. */
export interface PlacedQuery extends Omit<SearchQuery, 'point'> {
  readonly placed: Placed
  /** Whether `placed.pixels` is one image and not the mean of several. */
  readonly isImage: boolean
}

/** Whatever is needed to place queries. */
export interface Places {
  readonly data: DataSet
  readonly model: Model
  readonly galleries: PictureGalleries
}

/** Of an image whose pixels are gone: where it falls is known nevertheless. */
const unseen = new Uint8Array(0)

/** Where a query falls. @throws invalid-input, bad-file, cancelled */
export async function placeQuery(query: Query, places: Places, signal?: AbortSignal): Promise<PlacedQuery> {
  const { data, model, galleries } = places
  const shape = shapeOf(data.test)
  switch (query.kind) {
    case 'test':
    case 'train': {
      const { kind, index } = query
      const embedding = embeddingOf(kind, places)
      checkIndex(kind, index, data[kind])
      const pixels = data.missing === undefined ? imageAt(data[kind], index).slice() : unseen
      const placed = plain(pixels, shape, pointAt(embedding, index).slice())
      const itself = { origin: kind, indices: Int32Array.of(index) }
      return { placed, label: data[kind].labels[index] as number, itself, isImage: true }
    }
    case 'member': {
      const { pixels, label } = galleries.image(query.gallery, query.index, data)
      const { values } = await model.embed(single(pixels, shape), signal)
      const itself = { origin: 'pictures' as const, indices: Int32Array.of(query.index) }
      return { placed: plain(pixels, shape, values), label, itself, isImage: true }
    }
    case 'mean':
      return meanOfSeveral(query, places)
    case 'picture':
    case 'canvas': {
      const { prepared, width: w, height: h } = await prepareOutsider(query, data)
      const { pixels, steps, stages } = prepared
      const { values } = await model.embed(single(pixels, shape), signal)
      const placed = { pixels, steps: [...steps], stages: [...stages], width: w, height: h, point: values }
      return { placed, label: noClass, itself: null, isImage: true }
    }
    default:
      return query satisfies never
  }
}

/** A picture from outside as the network sees it, and its size as it came. @throws invalid-input, bad-file */
export async function prepareOutsider(
  picture: Outsider,
  data: DataSet,
): Promise<{ prepared: PreparedImage; width: number; height: number }> {
  if (picture.kind === 'canvas') {
    const grey = { width: picture.width, height: picture.height, values: picture.pixels }
    return { prepared: await prepareGrey(grey, targetOf(data), picture.preparation), ...grey }
  }
  const image = await decodeImage(picture.file, picture.name)
  return { prepared: await prepareImage(image, targetOf(data), picture.preparation), ...image }
}

/** The mean in the embedding, and for the eye the mean of the pictures. @throws invalid-input: none, or one not there */
function meanOfSeveral({ split, indices }: Extract<Query, { kind: 'mean' }>, places: Places): PlacedQuery {
  const embedding = embeddingOf(split, places)
  const images = places.data[split]
  if (indices.length === 0) throw invalidInput('A mean needs at least one image.')
  const sums = new Float64Array(embedding.size)
  const isSeen = places.data.missing === undefined
  const size = pixelsPerImage(images)
  const pixels = new Uint8Array(isSeen ? indices.length * size : 0)
  indices.forEach((index, i) => {
    checkIndex(split, index, images)
    pointAt(embedding, index).forEach((value, d) => {
      sums[d] = (sums[d] as number) + value
    })
    if (isSeen) pixels.set(imageAt(images, index), i * size)
  })
  const chosen = {
    ...shapeOf(images),
    pixels,
    labels: new Uint16Array(indices.length),
    count: indices.length,
  }
  const mean = isSeen ? meanImage(chosen) : unseen
  const labels = new Set(Array.from(indices, index => images.labels[index] as number))
  const [only] = labels
  return {
    placed: plain(
      mean,
      images,
      Float32Array.from(sums, sum => sum / indices.length),
    ),
    label: labels.size === 1 ? (only as number) : noClass,
    itself: { origin: split, indices },
    isImage: false,
  }
}

function embeddingOf(split: 'test' | 'train', { model }: Places): Embedding {
  if (split === 'test') return model.gallery
  if (model.train === undefined) throw onlyAfterTraining('Training images')
  return model.train.embedding
}

function checkIndex(split: 'test' | 'train', index: number, { count }: LabelledImages): void {
  if (index < 0 || index >= count) throw invalidInput(`There is no ${split} image ${index}.`)
}

const single = (pixels: Uint8Array, shape: ImageShape): LabelledImages => ({
  ...shape,
  pixels,
  labels: new Uint16Array(1),
  count: 1,
})

const plain = (pixels: Uint8Array, { height, width }: ImageShape, point: Float32Array): Placed => ({
  pixels,
  steps: [],
  stages: [],
  width,
  height,
  point,
})
