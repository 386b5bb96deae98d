import * as tf from '@tensorflow/tfjs-core'
import { adamEpsilon } from '../../../shared/hyperparameters.ts'
import { learningRateAt } from '../../../shared/learning-rate.ts'
import { usesGpu } from '../tensorflow/device.ts'
import type { Graph } from '../tensorflow/graph/graph.ts'
import { GraphSession, type Values } from '../tensorflow/graph/graph-session.ts'
import { isAugmented } from './augmentation/augment.ts'
import { batchPixels } from './augmentation/batch-pixels.ts'
import { networkGraph } from './graph/network-graph.ts'
import { dropoutFactors } from './network/forward.training.ts'
import { learnedWeights } from './network/freeze.ts'
import { disposeNetwork, type Network } from './network/network.ts'
import { isPlain, pixelsOf } from './network/network-spec.ts'
import type { Batch } from './objective/class-batch.ts'
import { imagesOf, lossFeeds } from './objective/loss-feeds.ts'
import { gradientName, learnedNames, readName, trainGraph } from './train-graph.ts'
import type { StepState, TrainStep, TrainStepSettings } from './train-step.ts'

/** The step as one graph inside TensorFlow (`train-graph.ts`): an iteration is one call, weights and images stay there. */
export class NativeTrainStep implements TrainStep {
  readonly #session: GraphSession
  readonly #settings: TrainStepSettings
  /** Every tensor of the network, and those that are learned. */
  readonly #names: readonly string[]
  readonly #learned: readonly string[]
  #iteration: number
  /** The network as it was last read, until the weights change. */
  #read: Network | undefined

  constructor(settings: TrainStepSettings) {
    const { images, initial, adam } = settings
    const { spec, tensors } = initial
    const type = usesGpu() ? 'float' : 'uint8'
    const learned = learnedWeights(spec, settings.freeze)
    this.#settings = settings
    this.#iteration = adam?.iteration ?? 0
    this.#names = tensors.map(({ name }) => name)
    this.#learned = learned.map(({ name }) => name)
    this.#session = new GraphSession(graphOf(settings, type))
    if (!isAugmented(settings)) {
      const resident = type === 'float' ? Float32Array.from(images.pixels) : images.pixels
      this.#session.begin('pixels', { values: resident, shape: [images.count, pixelsOf(spec)] })
    }
    for (const { name, values, shape } of tensors) this.#session.begin(name, { values, shape })
    learned.forEach(({ name, shape }, i) => {
      const { mean, meanSquare } = learnedNames(name)
      const zeros = new Float32Array(shape.reduce((product, n) => product * n, 1))
      this.#session.begin(mean, { values: adam?.means[i] ?? zeros, shape })
      this.#session.begin(meanSquare, { values: adam?.meanSquares[i] ?? zeros, shape })
    })
  }

  run(batch: Batch): tf.Scalar {
    this.#forget()
    this.#iteration++
    const { gradientDecay, squaredGradientDecay, weightDecay } = this.#settings
    const learningRate = learningRateAt(this.#iteration, this.#settings)
    const s = Math.sqrt(1 - squaredGradientDecay ** this.#iteration)
    return tf.tidy(() => {
      const rate = tf.scalar((learningRate * s) / (1 - gradientDecay ** this.#iteration))
      const decay = weightDecay === 0 ? {} : { decay: tf.scalar(learningRate * weightDecay) }
      const feeds = { ...this.#feedsOf(batch), rate, epsilon: tf.scalar(adamEpsilon * s), ...decay }
      return this.#session.run(feeds, ['step'])[0] as tf.Scalar
    })
  }

  differentiate(batch: Batch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    return tf.tidy(() => {
      const fetches = ['loss', ...this.#learned.map(gradientName)]
      const [loss, ...gradients] = this.#session.run(this.#feedsOf(batch), fetches)
      return { loss: loss as tf.Scalar, gradients }
    })
  }

  network(): Network {
    this.#read ??= this.#readNetwork()
    return this.#read
  }

  async state(): Promise<StepState> {
    const { spec, tensors } = this.#settings.initial
    const values = this.#copies(this.#names)
    return {
      network: {
        spec,
        tensors: tensors.map((tensor, i) => ({ ...tensor, values: values[i] as Float32Array })),
      },
      adam: {
        iteration: this.#iteration,
        means: this.#copies(this.#learned.map(name => learnedNames(name).mean)),
        meanSquares: this.#copies(this.#learned.map(name => learnedNames(name).meanSquare)),
      },
    }
  }

  dispose(): void {
    this.#forget()
    this.#session.dispose()
  }

  #readNetwork(): Network {
    const values = this.#session.run({}, this.#names.map(readName)).map(value => tf.keep(value))
    const entries = this.#names.map((name, i) => [name, values[i] as tf.Tensor] as const)
    return { spec: this.#settings.initial.spec, tensors: Object.fromEntries(entries) }
  }

  /**
   * Taken at once and freed at once: see `#forget`. Values never leave a tidy as its result: TensorFlow would look for tensors
   * in every single number of them, which takes seconds for a million.
   */
  #copies(variables: readonly string[]): Float32Array[] {
    const copies: Float32Array[] = []
    tf.tidy(() => {
      for (const value of this.#session.run({}, variables.map(readName)))
        copies.push(value.dataSync<'float32'>().slice())
    })
    return copies
  }

  /** What was read shares its memory with the variables: held any longer, TensorFlow would copy them to change them. */
  #forget(): void {
    if (this.#read !== undefined) disposeNetwork(this.#read)
    this.#read = undefined
  }

  #feedsOf(batch: Batch): Record<string, tf.Tensor | Values> {
    const { seed, initial } = this.#settings
    const indices = imagesOf(batch)
    const dropout = dropoutFactors(initial.spec, indices.length, seed, this.#iteration)
    const seen = isAugmented(this.#settings)
      ? {
          images: {
            values: batchPixels(this.#settings, indices, this.#iteration),
            shape: [indices.length, pixelsOf(initial.spec)],
          },
        }
      : { indices: tf.tensor1d(indices, 'int32') }
    return {
      ...seen,
      ...lossFeeds(this.#settings, batch),
      ...(dropout === undefined ? {} : { dropout }),
    }
  }
}

function graphOf(settings: TrainStepSettings, pixels: 'uint8' | 'float'): Graph {
  const { images, initial } = settings
  const { spec } = initial
  const common = { ...settings, images: images.count, pixels }
  const fed = isAugmented(settings)
  if (fed || !isPlain(spec) || settings.freeze > 0) return networkGraph({ ...common, spec, fed })
  return trainGraph({ ...common, sizes: [pixelsOf(spec), ...spec.hiddenSizes, spec.embeddingSize] })
}
