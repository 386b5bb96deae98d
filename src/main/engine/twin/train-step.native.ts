import * as tf from '@tensorflow/tfjs-core'
import { adamEpsilon } from '../../../shared/hyperparameters.ts'
import { usesGpu } from '../tensorflow/device.ts'
import { GraphSession } from '../tensorflow/graph/graph-session.ts'
import type { Layer, LayerValues } from './encoder.ts'
import type { PairBatch } from './pairs.ts'
import { biasName, gradientName, kernelName, learnedNames, readName, trainGraph } from './train-graph.ts'
import type { TrainStep, TrainStepSettings } from './train-step.ts'

/** The step as one graph inside TensorFlow (`train-graph.ts`): an iteration is one call, weights and images stay there. */
export class NativeTrainStep implements TrainStep {
  readonly #session: GraphSession
  readonly #settings: TrainStepSettings
  /** Kernel and bias of each layer in turn. */
  readonly #names: readonly string[]
  #iteration: number
  /** The layers as they were last read, until the weights change. */
  #read: readonly Layer[] | undefined

  constructor(settings: TrainStepSettings) {
    const { images, initial, adam } = settings
    const pixels = images.height * images.width
    const sizes = [pixels, ...initial.map(({ outputs }) => outputs)]
    const type = usesGpu() ? 'float' : 'uint8'
    this.#settings = settings
    this.#iteration = adam?.iteration ?? 0
    this.#names = initial.flatMap((_, l) => [kernelName(l), biasName(l)])
    this.#session = new GraphSession(trainGraph({ ...settings, sizes, images: images.count, pixels: type }))
    const resident = type === 'float' ? Float32Array.from(images.pixels) : images.pixels
    this.#session.begin('pixels', { values: resident, shape: [images.count, pixels] })
    initial.flatMap(parts).forEach(({ values, shape }, i) => {
      const { value, mean, meanSquare } = learnedNames(this.#names[i] as string)
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

  layers(): readonly Layer[] {
    this.#read ??= this.#readLayers()
    return this.#read
  }

  dispose(): void {
    this.#forget()
    this.#session.dispose()
  }

  #readLayers(): readonly Layer[] {
    const values = this.#session.run({}, this.#names.map(readName)).map(value => tf.keep(value))
    return this.#settings.initial.map((_, l) => ({
      kernel: values[2 * l] as tf.Tensor2D,
      bias: values[2 * l + 1] as tf.Tensor1D,
    }))
  }

  /** What was read shares its memory with the variables: held any longer, TensorFlow would copy them to change them. */
  #forget(): void {
    if (this.#read !== undefined) tf.dispose(this.#read.flatMap(({ kernel, bias }) => [kernel, bias]))
    this.#read = undefined
  }
}

const parts = ({ kernel, bias, inputs, outputs }: LayerValues) => [
  { values: kernel, shape: [inputs, outputs] },
  { values: bias, shape: [outputs] },
]

function feedsOf({ first, second, similar }: PairBatch) {
  const indices = new Int32Array(2 * similar.length)
  indices.set(first)
  indices.set(second, similar.length)
  return {
    indices: tf.tensor1d(indices, 'int32'),
    similar: tf.tensor2d(Float32Array.from(similar), [similar.length, 1]),
  }
}
