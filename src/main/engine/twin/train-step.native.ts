import * as tf from '@tensorflow/tfjs-core'
import { adamEpsilon } from '../../../shared/hyperparameters.ts'
import { usesGpu } from '../tensorflow/device.ts'
import { GraphSession } from '../tensorflow/graph/graph-session.ts'
import { disposeNetwork, type Network } from './network/network.ts'
import { pixelsOf } from './network/network-spec.ts'
import type { PairBatch } from './pairs.ts'
import { gradientName, learnedNames, readName, trainGraph } from './train-graph.ts'
import type { TrainStep, TrainStepSettings } from './train-step.ts'

/** The step as one graph inside TensorFlow (`train-graph.ts`): an iteration is one call, weights and images stay there. */
export class NativeTrainStep implements TrainStep {
  readonly #session: GraphSession
  readonly #settings: TrainStepSettings
  /** Kernel and bias of each layer in turn, as the network calls them. */
  readonly #names: readonly string[]
  #iteration: number
  /** The network as it was last read, until the weights change. */
  #read: Network | undefined

  constructor(settings: TrainStepSettings) {
    const { images, initial, adam } = settings
    const { spec, tensors } = initial
    const pixels = pixelsOf(spec)
    const sizes = [pixels, ...spec.hiddenSizes, spec.embeddingSize]
    const type = usesGpu() ? 'float' : 'uint8'
    this.#settings = settings
    this.#iteration = adam?.iteration ?? 0
    this.#names = tensors.map(({ name }) => name)
    this.#session = new GraphSession(trainGraph({ ...settings, sizes, images: images.count, pixels: type }))
    const resident = type === 'float' ? Float32Array.from(images.pixels) : images.pixels
    this.#session.begin('pixels', { values: resident, shape: [images.count, pixels] })
    tensors.forEach(({ name, values, shape }, i) => {
      const { value, mean, meanSquare } = learnedNames(name)
      const zeros = new Float32Array(values.length)
      this.#session.begin(value, { values, shape })
      this.#session.begin(mean, { values: adam?.means[i] ?? zeros, shape })
      this.#session.begin(meanSquare, { values: adam?.meanSquares[i] ?? zeros, shape })
    })
  }

  run(pairs: PairBatch): tf.Scalar {
    this.#forget()
    this.#iteration++
    const { learningRate, gradientDecay, squaredGradientDecay } = this.#settings
    const s = Math.sqrt(1 - squaredGradientDecay ** this.#iteration)
    return tf.tidy(() => {
      const rate = tf.scalar((learningRate * s) / (1 - gradientDecay ** this.#iteration))
      const feeds = { ...feedsOf(pairs), rate, epsilon: tf.scalar(adamEpsilon * s) }
      return this.#session.run(feeds, ['step'])[0] as tf.Scalar
    })
  }

  differentiate(pairs: PairBatch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    return tf.tidy(() => {
      const [loss, ...gradients] = this.#session.run(feedsOf(pairs), [
        'loss',
        ...this.#names.map(gradientName),
      ])
      return { loss: loss as tf.Scalar, gradients }
    })
  }

  network(): Network {
    this.#read ??= this.#readNetwork()
    return this.#read
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

  /** What was read shares its memory with the variables: held any longer, TensorFlow would copy them to change them. */
  #forget(): void {
    if (this.#read !== undefined) disposeNetwork(this.#read)
    this.#read = undefined
  }
}

function feedsOf({ first, second, similar }: PairBatch) {
  const indices = new Int32Array(2 * similar.length)
  indices.set(first)
  indices.set(second, similar.length)
  return {
    indices: tf.tensor1d(indices, 'int32'),
    similar: tf.tensor2d(Float32Array.from(similar), [similar.length, 1]),
  }
}
