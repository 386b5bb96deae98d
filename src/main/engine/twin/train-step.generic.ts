import * as tf from '@tensorflow/tfjs-core'
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
import { type Network, readNetwork, tensorOf } from './network/network.ts'
import { isPlain, pixelsOf } from './network/network-spec.ts'
import { weightsOf } from './network/network-values.ts'
import type { PairBatch } from './pairs.ts'
import type { StepState, TrainStep, TrainStepSettings } from './train-step.ts'

/** The step by automatic differentiation: reads like the paper, runs on every backend. */
export class GenericTrainStep implements TrainStep {
  readonly #settings: TrainStepSettings
  readonly #network: Network
  readonly #learned: readonly tf.Variable[]
  readonly #averages: readonly tf.Variable[]
  readonly #adam: Adam
  #iteration: number

  constructor(settings: TrainStepSettings) {
    const { spec, tensors } = settings.initial
    const variables = tensors.map(({ name, shape, values }) =>
      tf.tidy(() => [name, tf.variable(tf.tensor(values, [...shape]))] as const),
    )
    const isLearned = new Map(weightsOf(spec).map(({ name, learned }) => [name, learned]))
    this.#settings = settings
    this.#network = { spec, tensors: Object.fromEntries(variables) }
    this.#learned = variables.flatMap(([name, variable]) => (isLearned.get(name) === true ? [variable] : []))
    this.#averages = variables.flatMap(([name, variable]) => (isLearned.get(name) === true ? [] : [variable]))
    this.#adam = new Adam(this.#learned, settings, settings.adam)
    this.#iteration = settings.adam?.iteration ?? 0
  }

  run(pairs: PairBatch): tf.Scalar {
    this.#iteration++
    return tf.tidy(() => {
      const statistics: BatchStatistics = new Map()
      const { loss, gradients } = this.#differentiate(pairs, statistics)
      this.#adam.apply(gradients)
      for (const [name, ofBatch] of statistics) {
        const average = tensorOf<tf.Variable>(this.#network.tensors, name)
        average.assign(tf.add(tf.mul(average, averageKept), tf.mul(ofBatch, 1 - averageKept)))
        ofBatch.dispose()
      }
      return loss
    })
  }

  /** The loss and the gradient of each learned tensor in turn, without learning. The caller disposes of them. */
  differentiate(pairs: PairBatch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const statistics: BatchStatistics = new Map()
    const found = this.#differentiate(pairs, statistics)
    tf.dispose([...statistics.values()])
    return found
  }

  #differentiate(pairs: PairBatch, statistics: BatchStatistics): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const loss = (): tf.Scalar => this.#loss(pairs, statistics)
    const { value, grads } = tf.variableGrads(loss, this.#learned as tf.Variable[])
    return { loss: value, gradients: this.#learned.map(({ name }) => grads[name] as tf.Tensor) }
  }

  #loss(pairs: PairBatch, statistics: BatchStatistics): tf.Scalar {
    const { margin, seed } = this.#settings
    const { spec } = this.#network
    const count = pairs.similar.length
    const rows = (indices: Int32Array): tf.Tensor2D =>
      tf.tensor2d(batchPixels(this.#settings, indices, this.#iteration), [indices.length, pixelsOf(spec)])
    const similar = tf.tensor1d(Float32Array.from(pairs.similar))
    if (isPlain(spec) && !isAugmented(this.#settings)) {
      const first = encode(this.#network, rows(pairs.first))
      return contrastiveLoss(first, encode(this.#network, rows(pairs.second)), similar, margin)
    }
    // Batch norm is of all images of a batch, so they go through together.
    const both = rows(Int32Array.of(...pairs.first, ...pairs.second))
    const dropout = dropoutFactors(spec, 2 * count, seed, this.#iteration)
    const features = encodeInTraining(this.#network, both, dropout, statistics)
    const first = tf.slice(features, [0, 0], [count, -1])
    return contrastiveLoss(first, tf.slice(features, [count, 0], [count, -1]), similar, margin)
  }

  network(): Network {
    return this.#network
  }

  async state(): Promise<StepState> {
    return { network: await readNetwork(this.#network), adam: await this.#adam.state() }
  }

  dispose(): void {
    tf.dispose([...this.#learned, ...this.#averages])
    this.#adam.dispose()
  }
}
