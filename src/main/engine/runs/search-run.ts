import { noClass } from '../../../shared/contract/galleries.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { type Embedding, embed } from '../embedding/embed.ts'
import type { EmbeddedData } from '../embedding/embedded-data.ts'
import { PairDistances } from '../embedding/error-rates.ts'
import { nearestFlat } from '../embedding/nearest.flat.ts'
import { type Neighbours, pointAt } from '../embedding/nearest.ts'
import { createNearestIndex } from '../embedding/nearest-index.ts'
import { NeighbourCalibration } from '../embedding/neighbour-calibration.ts'
import { fitSameProbability, type SameProbability } from '../embedding/same-probability.ts'
import {
  type PointsFound,
  type SearchQuery,
  type SearchView,
  searchPoints,
} from '../embedding/search-points.ts'
import { type GalleryPart, joinParts } from '../embedding/searched-points.ts'
import { samplePairDistances } from '../embedding/verification.ts'
import { disposeNetwork, toNetwork } from '../twin/network/network.ts'
import { Random } from '../twin/random.ts'
import type { Run } from './run-folder.ts'

/** Random pairs of test images that a run's error rates and probabilities come from: those of its quality. */
export const runPairs = 200_000

/** The nearest other test images of test image `index`. @throws invalid-input: no such image */
export function searchByIndex(run: Run, index: number, count: number): Neighbours {
  const gallery = run.test.embedding
  checkTestIndex(run, index)
  return nearestFlat(gallery, pointAt(gallery, index), count, index)
}

/** @throws invalid-input */
export function checkTestIndex({ test: { embedding } }: Pick<EmbeddedData, 'test'>, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < embedding.count) return
  throw invalidInput(`There is no test image ${index}: they are numbered from 0 to ${embedding.count - 1}.`)
}

/** Where prepared images fall. A backend must be open. */
export async function embedByRun(run: Run, images: LabelledImages): Promise<Embedding> {
  const network = toNetwork(run.network)
  try {
    return await embed(network, images)
  } finally {
    disposeNetwork(network)
  }
}

/** What a run's held-out pairs say of a distance; undefined or NaN where one kind of pair does not occur. */
export interface RunPairs {
  readonly same: SameProbability | undefined
  readonly distances: PairDistances
}

export function measurePairs(run: EmbeddedData): RunPairs {
  const random = Random.seeded(run.config.hyperparameters.seed, 'quality')
  const { distances, similar } = samplePairDistances(run.test, runPairs, random)
  return { same: fitSameProbability(distances, similar), distances: new PairDistances(distances, similar) }
}

/** Searches in galleries that stay as they are, exactly. */
export class RunSearch {
  readonly #wanted: SearchView
  readonly #labelled: SearchView
  readonly #count: number
  readonly #same: SameProbability | undefined

  private constructor(
    wanted: SearchView,
    labelled: SearchView,
    count: number,
    same: SameProbability | undefined,
  ) {
    this.#wanted = wanted
    this.#labelled = labelled
    this.#count = count
    this.#same = same
  }

  /** @param classes those that may be neighbours; all if left out @param count neighbours that each query gets */
  static async open(
    run: EmbeddedData,
    parts: readonly GalleryPart[],
    classes: Uint16Array | undefined,
    count: number,
  ): Promise<RunSearch> {
    const view = (wanted: Uint16Array | undefined): SearchView => {
      const points = joinParts(parts, wanted)
      // In the plane an index needs no backend, which a search by index does not open.
      const use = points.embedding.size === 2 ? 'often' : 'once'
      return { points, index: createNearestIndex(points.embedding, use) }
    }
    const known = new Set(parts.flatMap(({ labels }) => [...labels]))
    const labelled = view(known.delete(noClass) ? Uint16Array.from(known) : undefined)
    const ofRun = classes === undefined && parts.every(({ origin }) => origin !== 'pictures')
    const near = ofRun ? (await NeighbourCalibration.measure(labelled, run.test)).of(count) : undefined
    return new RunSearch(view(classes), labelled, count, near ?? measurePairs(run).same)
  }

  /** Its neighbours, nearest first, with all that is said of them. */
  query(query: SearchQuery): PointsFound {
    const views = { wanted: this.#wanted, all: this.#labelled, labelled: this.#labelled }
    return searchPoints(views, query, this.#count, this.#same)
  }
}
