import { invalidInput } from '../../../shared/errors.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { type Embedding, embed, type LabelledEmbedding } from '../embedding/embed.ts'
import type { ImportedEncoder } from '../imports/imported-encoder.ts'
import { disposeNetwork, lendNetwork, type Network, toNetwork } from '../twin/network/network.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'
import { SearchViews } from './search-views.ts'

/** Where images fall. @throws cancelled */
export type Embed = (images: LabelledImages, signal?: AbortSignal) => Promise<Embedding>

const notYet = 'There is nothing to search in yet: train first.'

/** The encoder and the gallery that queries are answered with: of the training under way, or of the last one. */
export class Model {
  /** What is searched in, as long as it stays as it is. */
  readonly views = new SearchViews()
  /** Owned by the training's step while it lasts, by this model after its end. */
  #network: Network | undefined
  /** In place of a network: one that was trained elsewhere. */
  #imported: ImportedEncoder | undefined
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
   * needs, but not what is lent. @throws invalid-input before there is anything, and of an encoder from elsewhere
   */
  async withNetwork<T>(work: (network: Network) => Promise<T>): Promise<T> {
    if (this.#imported !== undefined)
      throw invalidInput(
        'A gradient needs the inside of the network, which of an encoder that was not trained here is not known. Hiding patches works on any.',
      )
    if (this.#network === undefined) throw invalidInput(notYet)
    const lent = lendNetwork(this.#network)
    try {
      return await work(lent)
    } finally {
      disposeNetwork(lent)
    }
  }

  /** Lends what embeds images, whoever trained it. @throws invalid-input before there is anything */
  async withEmbed<T>(work: (embed: Embed) => Promise<T>): Promise<T> {
    const imported = this.#imported
    if (imported !== undefined) return work((images, signal) => imported.embed(images, signal))
    return this.withNetwork(network => work((images, signal) => embed(network, images, signal)))
  }

  /** What a person is told these points are of. */
  get whose(): 'run' | 'encoder' {
    return this.#imported === undefined ? 'run' : 'encoder'
  }

  /** Another one whenever the encoder has changed: what was embedded before is out of date. */
  get version(): number {
    return this.#version
  }

  /** Where images fall, [images.count, embedding size]. @throws invalid-input before there is anything; cancelled */
  async embed(images: LabelledImages, signal?: AbortSignal): Promise<Embedding> {
    return this.withEmbed(embedImages => embedImages(images, signal))
  }

  place(gallery: Embedding): void {
    this.views.forget()
    this.#gallery = gallery
  }

  /** Uses the network of a training as it changes. */
  follow(network: Network): void {
    this.#release()
    this.#network = network
  }

  /** Uses a copy of a finished training's network, and where its training images fell. */
  keep(values: NetworkValues, train: LabelledEmbedding): void {
    this.#release()
    this.#train = train
    this.#network = toNetwork(values)
    this.#owned = true
  }

  /** Uses an encoder from elsewhere, and where it puts the training images. */
  keepImported(encoder: ImportedEncoder, train: LabelledEmbedding): void {
    this.#release()
    this.#train = train
    this.#imported = encoder
  }

  clear(): void {
    this.#release()
    this.#gallery = undefined
  }

  #release(): void {
    if (this.#owned && this.#network !== undefined) disposeNetwork(this.#network)
    this.#network = undefined
    this.#imported = undefined
    this.#train = undefined
    this.#owned = false
    this.#version++
    this.views.forget()
  }
}
