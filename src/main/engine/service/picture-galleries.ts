import { randomUUID } from 'node:crypto'
import {
  type Brought,
  type GalleryPictures,
  type GalleryState,
  galleryLimits,
  noClass,
  type Refusal,
} from '../../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import {
  type DataSet,
  type ImageShape,
  type LabelledImages,
  pixelsPerImage,
  sameShape,
  shapeOf,
} from '../data/data-set.ts'
import { decodeImage } from '../data/image-file.ts'
import { prepareImage, targetOf } from '../data/preprocess.ts'
import type { Embedding, LabelledEmbedding } from '../embedding/embed.ts'
import type { Model } from './model.ts'

/** Pictures that a person has brought, as the network sees them, and where they fall. */
interface PictureGallery {
  readonly shape: ImageShape
  readonly names: string[]
  readonly labels: number[]
  /** [height * width * channels] each. */
  readonly pictures: Uint8Array[]
  /** Where they fell, and by which state of the model. */
  embedded: { readonly version: number; readonly embedding: Embedding } | undefined
}

/** The pictures brought to be searched in. They are kept as the network sees them: 20,000 of 28 x 28 take 16 MB. */
export class PictureGalleries {
  readonly #galleries = new Map<string, PictureGallery>()

  /**
   * Adds what can be read, and says why of what cannot.
   * @throws invalid-input: no such gallery, or too much; cancelled, with the gallery as it was
   */
  async add(
    gallery: string | undefined,
    brought: readonly Brought[],
    data: DataSet,
    signal: AbortSignal,
  ): Promise<GalleryState> {
    const { classes } = data
    const id = gallery ?? randomUUID()
    const target = gallery === undefined ? this.#new(data.test) : this.#find(gallery, data.test)
    if (target.pictures.length + brought.length > galleryLimits.pictures) {
      throw invalidInput(`A gallery takes ${galleryLimits.pictures} pictures at most.`)
    }
    const refused: Refusal[] = []
    const prepared: { name: string; label: number; pixels: Uint8Array }[] = []
    for (const { name, file, label = noClass } of brought) {
      if (signal.aborted) throw new TwinlensError('cancelled', 'No more pictures are added.')
      if (label !== noClass && label >= classes.length) throw invalidInput(`There is no class ${label}.`)
      try {
        const { pixels } = await prepareImage(await decodeImage(file, name), targetOf(data))
        prepared.push({ name, label, pixels })
      } catch (error) {
        if (!(error instanceof TwinlensError)) throw error
        refused.push({ name, error: error.toWire() })
      }
    }
    if (target.pictures.length + prepared.length > galleryLimits.pictures) {
      throw invalidInput(`A gallery takes ${galleryLimits.pictures} pictures at most.`)
    }
    for (const { name, label, pixels } of prepared) {
      target.names.push(name)
      target.labels.push(label)
      target.pictures.push(pixels)
    }
    target.embedded = undefined
    this.#galleries.set(id, target)
    return { gallery: id, count: target.pictures.length, refused }
  }

  /** @throws invalid-input: no such gallery or picture */
  pictures(gallery: string, indices: Int32Array): GalleryPictures {
    const { names, labels, pictures, shape } = this.#find(gallery)
    const size = pixelsPerImage(shape)
    const pixels = new Uint8Array(indices.length * size)
    indices.forEach((index, i) => {
      const picture = pictures[index]
      if (picture === undefined) throw invalidInput(`There is no picture ${index} in the gallery.`)
      pixels.set(picture, i * size)
    })
    return {
      indices,
      names: Array.from(indices, index => names[index] as string),
      pixels,
      labels: Uint16Array.from(indices, index => labels[index] as number),
    }
  }

  drop(gallery: string): void {
    this.#galleries.delete(gallery)
  }

  /** All pictures of a gallery as images. @throws invalid-input: no such gallery, or none that the network can see */
  images(gallery: string, { test }: DataSet): LabelledImages {
    const { pictures, labels, shape } = this.#find(gallery, test)
    const size = pixelsPerImage(shape)
    const pixels = new Uint8Array(pictures.length * size)
    pictures.forEach((picture, i) => {
      pixels.set(picture, i * size)
    })
    return { ...shape, pixels, labels: Uint16Array.from(labels), count: pictures.length }
  }

  /** One of them. @throws invalid-input */
  image(gallery: string, index: number, { test }: DataSet): { pixels: Uint8Array; label: number } {
    const { pictures, labels } = this.#find(gallery, test)
    const pixels = pictures[index]
    if (pixels === undefined) throw invalidInput(`There is no picture ${index} in the gallery.`)
    return { pixels: pixels.slice(), label: labels[index] as number }
  }

  /** Where its pictures fall, embedded again only when the model has changed. @throws invalid-input, cancelled */
  async embedding(
    gallery: string,
    data: DataSet,
    model: Model,
    signal: AbortSignal,
  ): Promise<LabelledEmbedding> {
    const found = this.#find(gallery, data.test)
    const { version } = model
    const known = found.embedded
    if (known?.version === version)
      return { embedding: known.embedding, labels: Uint16Array.from(found.labels) }
    const images = this.images(gallery, data)
    const embedding = await model.embed(images, signal)
    // More may have been added meanwhile: then these points are all of what is told now, and are not kept.
    if (images.count === found.pictures.length) found.embedded = { version, embedding }
    return { embedding, labels: images.labels }
  }

  #new(shape: ImageShape): PictureGallery {
    if (this.#galleries.size >= galleryLimits.galleries) {
      throw invalidInput(
        `There are ${galleryLimits.galleries} galleries of pictures already. Drop one first.`,
      )
    }
    return { shape: shapeOf(shape), names: [], labels: [], pictures: [], embedded: undefined }
  }

  #find(gallery: string, shape?: ImageShape): PictureGallery {
    const found = this.#galleries.get(gallery)
    if (found === undefined)
      throw invalidInput('That gallery of pictures is not there any more. Bring it again.')
    if (shape !== undefined && !sameShape(found.shape, shape)) {
      throw invalidInput('That gallery was brought for images of another kind. Bring it again.')
    }
    return found
  }
}
