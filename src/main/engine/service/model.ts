import * as tf from '@tensorflow/tfjs-core'
import { invalidInput } from '../../../shared/errors.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { type Embedding, embed } from '../embedding/embed.ts'
import type { Layer, LayerValues } from '../twin/encoder.ts'
import { toLayers } from '../twin/layer-values.ts'

const notYet = 'There is nothing to search in yet: train first.'

/** The encoder and the gallery that queries are answered with: of the training under way, or of the last one. */
export class Model {
  /** Owned by the training's step while it lasts, by this model after its end. */
  #layers: readonly Layer[] | undefined
  #owned = false
  #gallery: Embedding | undefined

  /** Where the test images fall. @throws invalid-input before there is anything */
  get gallery(): Embedding {
    if (this.#gallery === undefined) throw invalidInput(notYet)
    return this.#gallery
  }

  /** Where one image falls: [embedding size]. @throws invalid-input before there is anything */
  async embedOne(image: LabelledImages): Promise<Float32Array> {
    if (this.#layers === undefined) throw invalidInput(notYet)
    return (await embed(this.#layers, image)).values
  }

  place(gallery: Embedding): void {
    this.#gallery = gallery
  }

  /** Uses the layers of a training as they change. */
  follow(layers: readonly Layer[]): void {
    this.#release()
    this.#layers = layers
  }

  /** Uses a copy of a finished training's layers. */
  keep(values: readonly LayerValues[]): void {
    this.#release()
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
    this.#owned = false
  }
}
