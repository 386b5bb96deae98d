import type { Embedding, LabelledEmbedding } from './embed.ts'
import { type Neighbours, pointAt } from './nearest.ts'
import { fitSameProbability, type SameProbability } from './same-probability.ts'
import type { SearchView } from './search-points.ts'
import { positionOf } from './searched-points.ts'

/** Held-out images whose neighbours are looked at, and how many of each. */
const mostQueries = 2000
const mostNeighbours = 100
/** Of fewer neighbours an image there would be too few pairs to tell distances apart. */
const leastNeighbours = 9

/**
 * How probable it is that a neighbour is of the query's class. Pairs drawn by chance say something else: those that are
 * near are mostly from where many images lie, while every query has its neighbours, in sparse places too. So this is
 * fitted on the neighbours of held-out images, each image counting alike.
 */
export class NeighbourCalibration {
  readonly #found: readonly Neighbours[]
  readonly #similar: (query: number, neighbour: number) => boolean
  readonly #fitted = new Map<number, SameProbability | undefined>()

  private constructor(found: readonly Neighbours[], similar: (query: number, neighbour: number) => boolean) {
    this.#found = found
    this.#similar = similar
  }

  /** @param view what is searched in: where the test images are among it, each is left out for itself @throws cancelled */
  static async measure(
    { points, index }: SearchView,
    test: LabelledEmbedding,
    signal?: AbortSignal,
  ): Promise<NeighbourCalibration> {
    const step = Math.ceil(test.embedding.count / mostQueries)
    const queries = Int32Array.from({ length: Math.ceil(test.embedding.count / step) }, (_, i) => i * step)
    const themselves = queries.map(query => positionOf(points, 'test', query))
    const found = await index.batch(rowsOf(test.embedding, queries), mostNeighbours, themselves, signal)
    return new NeighbourCalibration(found, (query, neighbour) => {
      return test.labels[queries[query] as number] === points.labels[neighbour]
    })
  }

  get queries(): number {
    return this.#found.length
  }

  /** For searches of so many neighbours. Undefined where all neighbours are of one kind. */
  of(count: number): SameProbability | undefined {
    const each = Math.max(count, leastNeighbours)
    if (!this.#fitted.has(each)) this.#fitted.set(each, this.#fit(each))
    return this.#fitted.get(each)
  }

  #fit(each: number): SameProbability | undefined {
    const pairs = this.#found.flatMap(({ indices, distances }, query) =>
      Array.from(indices.subarray(0, each), (neighbour, i) => ({
        distance: distances[i] as number,
        similar: Number(this.#similar(query, neighbour)),
      })),
    )
    return fitSameProbability(
      Float64Array.from(pairs, ({ distance }) => distance),
      Uint8Array.from(pairs, ({ similar }) => similar),
    )
  }
}

function rowsOf(embedding: Embedding, indices: Int32Array): Embedding {
  const values = new Float32Array(indices.length * embedding.size)
  indices.forEach((index, i) => {
    values.set(pointAt(embedding, index), i * embedding.size)
  })
  return { values, count: indices.length, size: embedding.size }
}
