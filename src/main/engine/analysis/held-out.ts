import type { HeldOutSeries } from '../../../shared/contract/analysis.ts'
import { imagesAt, type LabelledImages, shapeOf } from '../data/data-set.ts'
import { type Embedding, embed, type LabelledEmbedding } from '../embedding/embed.ts'
import { scoreSorted } from '../embedding/verification.ts'
import type { Network } from '../twin/network/network.ts'
import { Random } from '../twin/random.ts'
import { analyseByEachOther } from './analyse.ts'
import { lossOf, mean } from './pair-figures.ts'
import { pairsOf } from './pairs-of.ts'

/** Images of either split that are looked at: embedding both takes 20 ms natively on two cores. */
const most = 500
const pairCount = 20_000

/**
 * So many evaluations in any case, for fewer tell nothing of a training's end: each costs about as much as one iteration
 * of the default batch. More, up to that many, for a share of the training's time; and none sooner than that, ms.
 */
const fewestEvaluations = 12
const mostEvaluations = 60
const share = 0.005
const interval = 100

/** What one evaluation measured: see `HeldOutSeries`. */
interface Evaluation {
  readonly iteration: number
  readonly accuracy: number
  readonly meanSimilar: number
  readonly meanDissimilar: number
  readonly auc: number
  readonly loss: number
  readonly trainAuc: number
  readonly trainLoss: number
}

/** Of what was not trained here. */
export const noHeldOut: HeldOutSeries = {
  iterations: new Int32Array(0),
  ...{ accuracy: new Float32Array(0), meanSimilar: new Float32Array(0), meanDissimilar: new Float32Array(0) },
  ...{ auc: new Float32Array(0), loss: new Float32Array(0) },
  ...{ trainAuc: new Float32Array(0), trainLoss: new Float32Array(0) },
}

/**
 * Follows how well a training does on test images, and on training images beside them, by the same seeded sample each
 * time: changes from one evaluation to the next are then the network's and not the sample's.
 */
export class HeldOut {
  readonly #test: Sample
  readonly #train: Sample
  readonly #margin: number
  readonly #seed: number
  readonly #iterations: number
  readonly #evaluations: Evaluation[] = []
  readonly #started = performance.now()
  #spent = 0
  #last = Number.NEGATIVE_INFINITY

  constructor(
    data: { readonly train: LabelledImages; readonly test: LabelledImages },
    { margin, seed, iterations }: { margin: number; seed: number; iterations: number },
  ) {
    this.#test = new Sample(data.test, seed)
    this.#train = new Sample(data.train, seed)
    this.#margin = margin
    this.#seed = seed
    this.#iterations = iterations
  }

  /** Evaluates if it is time and can be paid for. Called after every slice of the training. */
  async follow(network: Network, iteration: number): Promise<void> {
    const now = performance.now()
    const before = this.#evaluations.at(-1)?.iteration ?? Number.NEGATIVE_INFINITY
    const isDue = (evaluations: number): boolean =>
      iteration - before >= Math.ceil(this.#iterations / evaluations)
    const canPay = now - this.#last >= interval && this.#spent <= share * (now - this.#started)
    if (!isDue(fewestEvaluations) && !(isDue(mostEvaluations) && canPay)) return
    const test = await embed(network, this.#test.images)
    const train = await embed(network, this.#train.images)
    await this.#evaluate(iteration, test, train)
    this.#last = performance.now()
    this.#spent += this.#last - now
  }

  /** The end of it, by the embeddings of all images. */
  async end(test: Embedding, train: Embedding, iteration: number): Promise<void> {
    if (this.#evaluations.at(-1)?.iteration === iteration) this.#evaluations.pop()
    await this.#evaluate(iteration, this.#test.of(test), this.#train.of(train))
  }

  get series(): HeldOutSeries {
    const all = (of: (one: Evaluation) => number): Float32Array => Float32Array.from(this.#evaluations, of)
    return {
      iterations: Int32Array.from(this.#evaluations, ({ iteration }) => iteration),
      accuracy: all(one => one.accuracy),
      meanSimilar: all(one => one.meanSimilar),
      meanDissimilar: all(one => one.meanDissimilar),
      auc: all(one => one.auc),
      loss: all(one => one.loss),
      trainAuc: all(one => one.trainAuc),
      trainLoss: all(one => one.trainLoss),
    }
  }

  async #evaluate(iteration: number, test: Embedding, train: Embedding): Promise<void> {
    const points = { embedding: test, labels: this.#test.labels }
    const { predicted } = await analyseByEachOther(points)
    const right = predicted.filter((label, i) => label === points.labels[i]).length
    const pairs = await this.#pairs(points)
    const trainPairs = await this.#pairs({ embedding: train, labels: this.#train.labels })
    this.#evaluations.push({
      iteration,
      accuracy: right / predicted.length,
      meanSimilar: mean(pairs.similar),
      meanDissimilar: mean(pairs.dissimilar),
      auc: scoreSorted(pairs).auc,
      loss: lossOf(pairs, this.#margin),
      trainAuc: scoreSorted(trainPairs).auc,
      trainLoss: lossOf(trainPairs, this.#margin),
    })
  }

  #pairs(points: LabelledEmbedding) {
    return pairsOf(points, pairCount, Random.seeded(this.#seed, 'quality'))
  }
}

/** Some images of a split, the same for the same seed. */
class Sample {
  readonly labels: Uint16Array
  readonly #all: LabelledImages
  readonly #indices: Int32Array
  #images: LabelledImages | undefined

  constructor(all: LabelledImages, seed: number) {
    this.#all = all
    this.#indices = Random.seeded(seed, 'quality').sample(all.count, Math.min(most, all.count)).sort()
    this.labels = Uint16Array.from(this.#indices, index => all.labels[index] as number)
  }

  /** Made when they are first embedded: a run that is opened may have lost its pictures. */
  get images(): LabelledImages {
    this.#images ??= {
      ...shapeOf(this.#all),
      pixels: imagesAt(this.#all, this.#indices).pixels,
      labels: this.labels,
      count: this.#indices.length,
    }
    return this.#images
  }

  /** Their points among those of all images. */
  of({ values, size }: Embedding): Embedding {
    const own = new Float32Array(this.#indices.length * size)
    this.#indices.forEach((index, i) => {
      own.set(values.subarray(index * size, (index + 1) * size), i * size)
    })
    return { values: own, count: this.#indices.length, size }
  }
}
