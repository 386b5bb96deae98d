import { invalidInput } from '../../../shared/errors.ts'
import type { DataSet } from '../data/data-set.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import { PairDistances } from '../embedding/error-rates.ts'
import { NeighbourCalibration } from '../embedding/neighbour-calibration.ts'
import { NoveltyScale } from '../embedding/novelty.ts'
import { fitSameProbability, type SameProbability } from '../embedding/same-probability.ts'
import type { SearchView } from '../embedding/search-points.ts'
import { samplePairDistances } from '../embedding/verification.ts'
import { Random } from '../twin/random.ts'
import type { Model } from './model.ts'

/** As many pairs as the run's quality is measured on, drawn by the same seed: its equal error rate is among these rates. */
const pairs = 200_000

/** What held-out images say of a finished training: asked for once, then known. */
export interface Measured {
  /** Undefined where all pairs are of one kind. */
  readonly same: SameProbability | undefined
  readonly distances: PairDistances
  /** What it comes from, for a person. */
  readonly source: string
}

/** Measures what searches say beside their neighbours, at the first that asks, and again after the next training. */
export class Measurements {
  readonly #model: Model
  #pairs: { readonly version: number; readonly measured: Measured } | undefined
  #novelty: { readonly version: number; readonly scale: Promise<NoveltyScale> } | undefined

  /** Views are made anew when their points change. */
  readonly #neighbours = new WeakMap<SearchView, Promise<NeighbourCalibration>>()

  constructor(model: Model) {
    this.#model = model
  }

  /** A tenth of a second the first time. Undefined before the end of a training, and of a single test image. */
  measured(data: DataSet, seed: number): Measured | undefined {
    const { train, version } = this.#model
    if (train === undefined || data.test.count < 2) return undefined
    if (this.#pairs?.version === version) return this.#pairs.measured
    const test: LabelledEmbedding = { embedding: this.#model.gallery, labels: data.test.labels }
    const { distances, similar } = samplePairDistances(test, pairs, Random.seeded(seed, 'quality'))
    const measured = {
      same: fitSameProbability(distances, similar),
      distances: new PairDistances(distances, similar),
      source: `${pairs.toLocaleString('en')} random pairs of this ${this.#model.whose}'s ${data.test.count.toLocaleString('en')} test images`,
    }
    this.#pairs = { version, measured }
    return measured
  }

  /** For what is searched in, whole. Undefined before the end of a training, and of a single test image. */
  async neighbours(data: DataSet, view: SearchView): Promise<NeighbourCalibration | undefined> {
    if (this.#model.train === undefined || data.test.count < 2) return undefined
    const known = this.#neighbours.get(view)
    if (known !== undefined) return known
    const test = { embedding: this.#model.gallery, labels: data.test.labels }
    const measured = NeighbourCalibration.measure(view, test)
    this.#neighbours.set(view, measured)
    return measured
  }

  /** Undefined before the end of a training, and where the pictures are missing. Whoever else asks meanwhile waits for the same. */
  async novelty(data: DataSet): Promise<NoveltyScale | undefined> {
    const { train, version } = this.#model
    if (train === undefined || data.missing !== undefined) return undefined
    if (this.#novelty?.version !== version) {
      const scale = NoveltyScale.measure(
        { images: data.train, embedding: train.embedding },
        { images: data.test, embedding: this.#model.gallery },
      )
      this.#novelty = { version, scale }
    }
    const { scale } = this.#novelty
    try {
      return await scale
    } catch (error) {
      // It may go better the next time.
      if (this.#novelty.scale === scale) this.#novelty = undefined
      throw error
    }
  }
}

export const onlyAfterTraining = (what: string) =>
  invalidInput(`${what} can be used only when a training has ended.`)
