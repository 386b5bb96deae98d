import * as tf from '@tensorflow/tfjs-core'
import { gatherPixels } from '../data/data-set.ts'
import { Adam } from './adam.ts'
import { contrastiveLoss } from './contrastive-loss.ts'
import { encode, type Layer } from './encoder.ts'
import { readLayers } from './layer-values.ts'
import type { PairBatch } from './pairs.ts'
import type { StepState, TrainStep, TrainStepSettings } from './train-step.ts'

/** A layer whose weights are learned. */
interface LearnedLayer extends Layer {
  readonly kernel: tf.Variable<tf.Rank.R2>
  readonly bias: tf.Variable<tf.Rank.R1>
}

/** The step by automatic differentiation: reads like the paper, runs on every backend. */
export class GenericTrainStep implements TrainStep {
  readonly #settings: TrainStepSettings
  readonly #layers: readonly LearnedLayer[]
  readonly #variables: readonly tf.Variable[]
  readonly #adam: Adam

  constructor(settings: TrainStepSettings) {
    this.#settings = settings
    this.#layers = settings.initial.map(({ inputs, outputs, kernel, bias }) =>
      tf.tidy(() => ({
        kernel: tf.variable(tf.tensor2d(kernel, [inputs, outputs])),
        bias: tf.variable(tf.tensor1d(bias)),
      })),
    )
    this.#variables = this.#layers.flatMap(({ kernel, bias }) => [kernel, bias])
    this.#adam = new Adam(this.#variables, settings, settings.adam)
  }

  run(pairs: PairBatch): tf.Scalar {
    return tf.tidy(() => {
      const { loss, gradients } = this.differentiate(pairs)
      this.#adam.apply(gradients)
      return loss
    })
  }

  /** The loss and the gradient of each kernel and bias in turn, without learning. The caller disposes of them. */
  differentiate(pairs: PairBatch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const { value, grads } = tf.variableGrads(() => this.#loss(pairs), this.#variables as tf.Variable[])
    return { loss: value, gradients: this.#variables.map(({ name }) => grads[name] as tf.Tensor) }
  }

  #loss(pairs: PairBatch): tf.Scalar {
    const { images, margin } = this.#settings
    const shape: [number, number] = [pairs.similar.length, images.height * images.width]
    const first = encode(this.#layers, tf.tensor2d(gatherPixels(images, pairs.first), shape))
    const second = encode(this.#layers, tf.tensor2d(gatherPixels(images, pairs.second), shape))
    return contrastiveLoss(first, second, tf.tensor1d(Float32Array.from(pairs.similar)), margin)
  }

  layers(): readonly Layer[] {
    return this.#layers
  }

  async state(): Promise<StepState> {
    return { layers: await readLayers(this.#layers), adam: await this.#adam.state() }
  }

  dispose(): void {
    tf.dispose(this.#variables as tf.Variable[])
    this.#adam.dispose()
  }
}
