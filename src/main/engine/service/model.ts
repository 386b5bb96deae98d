import * as tf from '@tensorflow/tfjs-core'
import { invalidInput } from '../../../shared/errors.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { type Embedding, embed, type LabelledEmbedding } from '../embedding/embed.ts'
import type { Neighbours } from '../embedding/nearest.ts'
import { createNearestIndex, type NearestIndex } from '../embedding/nearest-index.ts'
import type { Layer, LayerValues } from '../twin/encoder.ts'
import { toLayers } from '../twin/layer-values.ts'

const notYet = 'There is nothing to search in yet: train first.'

/** The encoder and the gallery that queries are answered with: of the training under way, or of the last one. */
export class Model {
  /** Owned by the training's step while it lasts, by this model after its end. */
  #layers: readonly Layer[] | undefined
  #owned = false
  #gallery: Embedding | undefined
  #index: NearestIndex | undefined
  #train: LabelledEmbedding | undefined

  /** Where the test images fall. @throws invalid-input before there is anything */
  get gallery(): Embedding {
    if (this.#gallery === undefined) throw invalidInput(notYet)
    return this.#gallery
  }

  /** Where the training images fall; only after a training's end are they all known. */
  get train(): LabelledEmbedding | undefined {
    return this.#train
  }

  /** Where one image falls: [embedding size]. @throws invalid-input before there is anything */
  async embedOne(image: LabelledImages): Promise<Float32Array> {
    if (this.#layers === undefined) throw invalidInput(notYet)
    return (await embed(this.#layers, image)).values
  }

  /**
   * The gallery's nearest points to one, [embedding size]. While the gallery changes twice a second it is scanned; for one
   * that stays an index is built at the first search, when no training waits for the thread.
   * @param exclude gallery index that does not count, or -1
   */
  search(point: Float32Array, count: number, exclude: number): Neighbours {
    this.#index ??= createNearestIndex(this.gallery, this.#owned ? 'often' : 'once')
    return this.#index.query(point, count, exclude)
  }

  place(gallery: Embedding): void {
    this.#forgetIndex()
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

  #forgetIndex(): void {
    this.#index?.dispose()
    this.#index = undefined
  }

  #release(): void {
    if (this.#owned) tf.dispose(this.#layers?.flatMap(({ kernel, bias }) => [kernel, bias]) ?? [])
    this.#layers = undefined
    this.#train = undefined
    this.#owned = false
    this.#forgetIndex()
  }
}
