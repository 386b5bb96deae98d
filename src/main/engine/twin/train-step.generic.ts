import * as tf from '@tensorflow/tfjs-core'
import { learningRateAt } from '../../../shared/learning-rate.ts'
import { Adam } from './adam.ts'
import { isAugmented } from './augmentation/augment.ts'
import { batchPixels } from './augmentation/batch-pixels.ts'
import { contrastiveLoss } from './contrastive-loss.ts'
import {
  averageKept,
  type BatchStatistics,
  dropoutFactors,
  encodeInTraining,
} from './network/forward.training.ts'
import { encode } from './network/forward.ts'
import { frozenLayers, learnedWeights } from './network/freeze.ts'
import { type Network, readNetwork, tensorOf } from './network/network.ts'
import { isPlain, pixelsOf } from './network/network-spec.ts'
import type { Batch, ClassBatch } from './objective/class-batch.ts'
import { classBatchLoss } from './objective/objective.ts'
import type { PairBatch } from './pairs.ts'
import type { StepState, TrainStep, TrainStepSettings } from './train-step.ts'

/** The step by automatic differentiation: reads like the paper, runs on every backend. */
export class GenericTrainStep implements TrainStep {
  readonly #settings: TrainStepSettings
  readonly #network: Network
  readonly #learned: readonly tf.Variable[]
  /** Moving averages and what is frozen. */
  readonly #others: readonly tf.Variable[]
  readonly #adam: Adam
  #iteration: number

  constructor(settings: TrainStepSettings) {
    const { spec, tensors } = settings.initial
    const variables = tensors.map(({ name, shape, values }) =>
      tf.tidy(() => [name, tf.variable(tf.tensor(values, [...shape]))] as const),
    )
    const isLearned = new Set(learnedWeights(spec, settings.freeze).map(({ name }) => name))
    this.#settings = settings
    this.#network = { spec, tensors: Object.fromEntries(variables) }
    this.#learned = variables.flatMap(([name, variable]) => (isLearned.has(name) ? [variable] : []))
    this.#others = variables.flatMap(([name, variable]) => (isLearned.has(name) ? [] : [variable]))
    this.#adam = new Adam(this.#learned, settings, settings.adam)
    this.#iteration = settings.adam?.iteration ?? 0
  }

  run(batch: Batch): tf.Scalar {
    this.#iteration++
    return tf.tidy(() => {
      const statistics: BatchStatistics = new Map()
      const { loss, gradients } = this.#differentiate(batch, statistics)
      this.#adam.apply(gradients, learningRateAt(this.#iteration, this.#settings))
      for (const [name, ofBatch] of statistics) {
        const average = tensorOf<tf.Variable>(this.#network.tensors, name)
        average.assign(tf.add(tf.mul(average, averageKept), tf.mul(ofBatch, 1 - averageKept)))
        ofBatch.dispose()
      }
      return loss
    })
  }

  /** The loss and the gradient of each learned tensor in turn, without learning. The caller disposes of them. */
  differentiate(batch: Batch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const statistics: BatchStatistics = new Map()
    const found = this.#differentiate(batch, statistics)
    tf.dispose([...statistics.values()])
    return found
  }

  #differentiate(batch: Batch, statistics: BatchStatistics): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const loss = (): tf.Scalar =>
      'indices' in batch ? this.#classLoss(batch, statistics) : this.#pairLoss(batch, statistics)
    const { value, grads } = tf.variableGrads(loss, this.#learned as tf.Variable[])
    return { loss: value, gradients: this.#learned.map(({ name }) => grads[name] as tf.Tensor) }
  }

  get #isPlain(): boolean {
    return isPlain(this.#network.spec) && !isAugmented(this.#settings)
  }

  #pairLoss(pairs: PairBatch, statistics: BatchStatistics): tf.Scalar {
    const { margin, reduction } = this.#settings
    const count = pairs.similar.length
    const similar = tf.tensor1d(Float32Array.from(pairs.similar))
    const [first, second] = this.#pairFeatures(pairs, statistics)
    const sum = contrastiveLoss(first, second, similar, margin)
    return reduction === 'sum' ? sum : tf.div(sum, count)
  }

  #pairFeatures({ first, second }: PairBatch, statistics: BatchStatistics): [tf.Tensor2D, tf.Tensor2D] {
    if (this.#isPlain) {
      return [encode(this.#network, this.#rows(first)), encode(this.#network, this.#rows(second))]
    }
    // Batch norm is of all images of a batch, so they go through together.
    const features = this.#together(this.#rows(Int32Array.of(...first, ...second)), statistics)
    const count = first.length
    return [tf.slice(features, [0, 0], [count, -1]), tf.slice(features, [count, 0], [count, -1])]
  }

  #classLoss(batch: ClassBatch, statistics: BatchStatistics): tf.Scalar {
    const rows = this.#rows(batch.indices)
    const features = this.#isPlain ? encode(this.#network, rows) : this.#together(rows, statistics)
    return classBatchLoss(this.#settings, features, batch)
  }

  #together(rows: tf.Tensor2D, statistics: BatchStatistics): tf.Tensor2D {
    const { spec } = this.#network
    const dropout = dropoutFactors(spec, rows.shape[0], this.#settings.seed, this.#iteration)
    const frozen = frozenLayers(spec, this.#settings.freeze)
    return encodeInTraining(this.#network, rows, { dropout, frozen }, statistics)
  }

  #rows(indices: Int32Array): tf.Tensor2D {
    const pixels = batchPixels(this.#settings, indices, this.#iteration)
    return tf.tensor2d(pixels, [indices.length, pixelsOf(this.#network.spec)])
  }

  network(): Network {
    return this.#network
  }

  async state(): Promise<StepState> {
    return { network: await readNetwork(this.#network), adam: await this.#adam.state() }
  }

  dispose(): void {
    tf.dispose([...this.#learned, ...this.#others])
    this.#adam.dispose()
  }
}
