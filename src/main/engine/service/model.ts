import * as tf from '@tensorflow/tfjs-core'
import { invalidInput } from '../../../shared/errors.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { type Embedding, embed, type LabelledEmbedding } from '../embedding/embed.ts'
import type { Layer, LayerValues } from '../twin/encoder.ts'
import { toLayers } from '../twin/layer-values.ts'
import { SearchViews } from './search-views.ts'

const notYet = 'There is nothing to search in yet: train first.'

/** The encoder and the gallery that queries are answered with: of the training under way, or of the last one. */
export class Model {
  /** What is searched in, as long as it stays as it is. */
  readonly views = new SearchViews()
  /** Owned by the training's step while it lasts, by this model after its end. */
  #layers: readonly Layer[] | undefined
  #owned = false
  #gallery: Embedding | undefined
  #train: LabelledEmbedding | undefined
  #version = 0

  /** Where the test images fall. @throws invalid-input before there is anything */
  get gallery(): Embedding {
    if (this.#gallery === undefined) throw invalidInput(notYet)
    return this.#gallery
  }

  /** Where the training images fall; only after a training's end are they all known. */
  get train(): LabelledEmbedding | undefined {
    return this.#train
  }

  /**
   * Lends the encoder as it is for as long as the work takes: a training goes on meanwhile and frees what it no longer
   * needs, but not what is lent. @throws invalid-input before there is anything
   */
  async withLayers<T>(work: (layers: readonly Layer[]) => Promise<T>): Promise<T> {
    if (this.#layers === undefined) throw invalidInput(notYet)
    // Clones share their values with what they are of.
    const lent = this.#layers.map(({ kernel, bias }) => ({ kernel: tf.clone(kernel), bias: tf.clone(bias) }))
    try {
      return await work(lent)
    } finally {
      tf.dispose(lent.flatMap(({ kernel, bias }) => [kernel, bias]))
    }
  }

  /** Another one whenever the encoder has changed: what was embedded before is out of date. */
  get version(): number {
    return this.#version
  }

  /** Where images fall, [images.count, embedding size]. @throws invalid-input before there is anything; cancelled */
  async embed(images: LabelledImages, signal?: AbortSignal): Promise<Embedding> {
    return this.withLayers(layers => embed(layers, images, signal))
  }

  place(gallery: Embedding): void {
    this.views.forget()
    this.#gallery = gallery
  }

  /** Uses the layers of a training as they change. */
  follow(layers: readonly Layer[]): void {
    this.#release()
    this.#layers = layers
  }

  /** Uses a copy of a finished training's layers, and where its training images fell. */
  keep(values: readonly LayerValues[], train: LabelledEmbedding): void {
    this.#release()
    this.#train = train
    this.#layers = toLayers(values)
    this.#owned = true
  }

  clear(): void {
    this.#release()
    this.#gallery = undefined
  }

  #release(): void {
    if (this.#owned) tf.dispose(this.#layers?.flatMap(({ kernel, bias }) => [kernel, bias]) ?? [])
    this.#layers = undefined
    this.#train = undefined
    this.#owned = false
    this.#version++
    this.views.forget()
  }
}
