import * as tf from '@tensorflow/tfjs-core'
import { adamEpsilon, distanceEpsilon } from '../../../shared/hyperparameters.ts'
import { RawOps, type Resource } from '../tensorflow/raw-ops.ts'
import type { Layer } from './encoder.ts'
import type { PairBatch } from './pairs.ts'
import type { TrainStep, TrainStepSettings } from './train-step.ts'

/** A weight and Adam's two moving averages of its gradient, as TensorFlow's own variables. */
interface Learned {
  readonly value: Resource
  readonly mean: Resource
  readonly meanSquare: Resource
}

/**
 * The step by hand, in TensorFlow's raw ops: what `train-step.generic.ts` specifies, with both images of every pair in
 * one forward pass, the gradient in closed form, Adam fused into one op a weight, and the images resident as bytes.
 */
export class NativeTrainStep implements TrainStep {
  readonly #ops = new RawOps()
  readonly #settings: TrainStepSettings
  readonly #kernels: readonly Learned[]
  readonly #biases: readonly Learned[]
  readonly #pixels: tf.Tensor
  /** Constants of every step, made once. */
  readonly #scalars: Readonly<
    Record<'axis' | 'zero' | 'scale' | 'gradientDecay' | 'squaredGradientDecay', tf.Scalar>
  >
  #iteration: number
  /** The layers as they were last read, until the weights change. */
  #read: readonly Layer[] | undefined

  constructor(settings: TrainStepSettings) {
    this.#settings = settings
    const { images, initial, adam } = settings
    this.#iteration = adam?.iteration ?? 0
    this.#kernels = initial.map(({ kernel, inputs, outputs }, l) =>
      this.#learned(kernel, [inputs, outputs], adam?.means[2 * l], adam?.meanSquares[2 * l]),
    )
    this.#biases = initial.map(({ bias, outputs }, l) =>
      this.#learned(bias, [outputs], adam?.means[2 * l + 1], adam?.meanSquares[2 * l + 1]),
    )
    this.#pixels = this.#ops.bytes(images.pixels, [images.count, images.height * images.width])
    this.#scalars = {
      axis: tf.scalar(0, 'int32'),
      zero: tf.scalar(0),
      scale: tf.scalar(1 / 255),
      gradientDecay: tf.scalar(settings.gradientDecay),
      squaredGradientDecay: tf.scalar(settings.squaredGradientDecay),
    }
  }

  run(pairs: PairBatch): tf.Scalar {
    this.#forget()
    this.#iteration++
    const { loss, gradients } = this.differentiate(pairs)
    tf.tidy(() => this.#descend(gradients))
    tf.dispose(gradients)
    return loss
  }

  /** The loss and the gradient of each kernel and bias in turn, without learning. The caller disposes of them. */
  differentiate(pairs: PairBatch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    return tf.tidy(() => this.#differentiate(pairs))
  }

  /** Every value read is released at the end of the tidy around, or Adam would have to copy the variables. */
  #differentiate(pairs: PairBatch): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const ops = this.#ops
    const count = pairs.similar.length
    const indices = new Int32Array(2 * count)
    indices.set(pairs.first)
    indices.set(pairs.second, count)
    const rows = ops.gatherRows(this.#pixels, tf.tensor1d(indices, 'int32'), this.#scalars.axis)
    const kernels = this.#kernels.map(({ value }) => ops.read(value))
    const biases = this.#biases.map(({ value }) => ops.read(value))
    const last = kernels.length - 1
    const inputs: tf.Tensor[] = [tf.mul(rows, this.#scalars.scale)]
    let output = inputs[0] as tf.Tensor
    kernels.forEach((kernel, l) => {
      output = ops.biasAdd(ops.matMul(output, kernel), biases[l] as tf.Tensor)
      if (l < last) {
        output = ops.relu(output)
        inputs.push(output)
      }
    })
    const { loss, slope } = contrast(output as tf.Tensor2D, pairs.similar, this.#settings.margin)
    const gradients: tf.Tensor[] = []
    let slopes: tf.Tensor = slope
    for (let l = last; l >= 0; l--) {
      const input = inputs[l] as tf.Tensor
      gradients.unshift(ops.matMul(input, slopes, true), sumOfHalves(slopes))
      if (l > 0) slopes = ops.reluGrad(ops.matMul(slopes, kernels[l] as tf.Tensor, false, true), input)
    }
    return { loss, gradients }
  }

  /**
   * Adam, with its bias corrections folded into the rate and epsilon that TensorFlow's op takes: Kingma and Ba's
   * m' / (sqrt(v') + e) is m s / (1 - b1^t) / (sqrt(v) + e s), with s = sqrt(1 - b2^t).
   */
  #descend(gradients: readonly tf.Tensor[]): void {
    const { learningRate, gradientDecay, squaredGradientDecay } = this.#settings
    const s = Math.sqrt(1 - squaredGradientDecay ** this.#iteration)
    const rate = tf.scalar((learningRate * s) / (1 - gradientDecay ** this.#iteration))
    const epsilon = tf.scalar(adamEpsilon * s)
    const { zero, gradientDecay: b1, squaredGradientDecay: b2 } = this.#scalars
    this.#kernels.forEach((kernel, l) => {
      for (const [i, { value, mean, meanSquare }] of [kernel, this.#biases[l] as Learned].entries()) {
        const gradient = gradients[2 * l + i] as tf.Tensor
        this.#ops.applyAdam([value, mean, meanSquare, zero, zero, rate, b1, b2, epsilon, gradient])
      }
    })
  }

  layers(): readonly Layer[] {
    this.#read ??= this.#kernels.map(({ value }, l) => ({
      kernel: tf.keep(this.#ops.read(value)) as tf.Tensor2D,
      bias: tf.keep(this.#ops.read((this.#biases[l] as Learned).value)) as tf.Tensor1D,
    }))
    return this.#read
  }

  dispose(): void {
    this.#forget()
    for (const { value, mean, meanSquare } of [...this.#kernels, ...this.#biases]) {
      for (const variable of [value, mean, meanSquare]) this.#ops.destroy(variable)
    }
    tf.dispose([this.#pixels, ...Object.values(this.#scalars)])
  }

  #learned(value: Float32Array, shape: number[], mean?: Float32Array, meanSquare?: Float32Array): Learned {
    const variable = (values: Float32Array | undefined): Resource =>
      this.#ops.variable(values === undefined ? tf.zeros(shape) : tf.tensor(values, shape))
    return tf.tidy(() => ({
      value: variable(value),
      mean: variable(mean),
      meanSquare: variable(meanSquare),
    }))
  }

  #forget(): void {
    if (this.#read !== undefined) tf.dispose(this.#read.flatMap(({ kernel, bias }) => [kernel, bias]))
    this.#read = undefined
  }
}

/**
 * The sum of all rows, each half by itself first. Where a unit is active for both images of its pairs the halves cancel, and
 * summed in the same order they do so exactly; in one long sum they leave rounding, which Adam would blow up to steps.
 */
function sumOfHalves(slopes: tf.Tensor): tf.Tensor {
  const [rows = 0, columns = 0] = slopes.shape
  return tf.sum(tf.sum(tf.reshape(slopes, [2, rows / 2, columns]), 1), 0)
}

/**
 * The contrastive loss of features [2 pairs, size], first images then second, and its gradient in them. With
 * u = f1 - f2 and d = sqrt(|u|^2 + 1e-6): dL/df1 = c u and dL/df2 = -c u, where c = 1 for a similar pair and
 * -max(margin - d, 0) / d for a dissimilar one.
 */
function contrast(
  features: tf.Tensor2D,
  similar: Uint8Array,
  margin: number,
): { loss: tf.Scalar; slope: tf.Tensor2D } {
  const count = similar.length
  const size = features.shape[1]
  const y = tf.tensor2d(Float32Array.from(similar), [count, 1])
  const u = tf.sub(tf.slice(features, [0, 0], [count, size]), tf.slice(features, [count, 0], [count, size]))
  const squares = tf.add(tf.sum(tf.square(u), 1, true), distanceEpsilon)
  const d = tf.sqrt(squares)
  const shortfall = tf.relu(tf.sub(margin, d))
  const loss = tf.mul(0.5, tf.sum(tf.where(tf.cast(y, 'bool'), squares, tf.square(shortfall)))) as tf.Scalar
  const c = tf.where(tf.cast(y, 'bool'), tf.onesLike(d), tf.neg(tf.div(shortfall, d)))
  const slope = tf.mul(c, u)
  return { loss, slope: tf.concat([slope, tf.neg(slope)]) as tf.Tensor2D }
}
