import * as tf from '@tensorflow/tfjs-core'
import { Random } from './random.ts'

/** Sizes of the twin network's one encoder: fully connected layers, ReLU between them, none after the last. */
export interface EncoderShape {
  /** Pixels of an image. */
  readonly inputSize: number
  readonly hiddenSizes: readonly number[]
  readonly embeddingSize: number
}

/** One layer's values outside TensorFlow: kernel [inputs, outputs] row by row, bias [outputs]. */
export interface LayerValues {
  readonly inputs: number
  readonly outputs: number
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/** One layer inside TensorFlow. */
export interface Layer {
  readonly kernel: tf.Tensor2D
  readonly bias: tf.Tensor1D
}

/**
 * He initialisation: normal with variance 2 / fan-in, zero biases (He, Zhang, Ren and Sun, "Delving deep into
 * rectifiers", ICCV 2015, equation 10).
 */
export function initialLayers(shape: EncoderShape, seed: number): LayerValues[] {
  const random = Random.seeded(seed, 'weights')
  const sizes = [shape.inputSize, ...shape.hiddenSizes, shape.embeddingSize]
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i] as number
    const kernel = random.normals(inputs * outputs, Math.sqrt(2 / inputs))
    return { inputs, outputs, kernel, bias: new Float32Array(outputs) }
  })
}

/** The features of images: [images, inputSize] to [images, embeddingSize]. */
export function encode(layers: readonly Layer[], images: tf.Tensor2D): tf.Tensor2D {
  return layers.reduce((input, { kernel, bias }, i) => {
    const output = tf.add(tf.matMul(input, kernel), bias) as tf.Tensor2D
    return i === layers.length - 1 ? output : tf.relu(output)
  }, images)
}

/** Weights and biases in all. */
export function countWeights(shape: EncoderShape): number {
  const sizes = [shape.inputSize, ...shape.hiddenSizes, shape.embeddingSize]
  return sizes.slice(1).reduce((sum, outputs, i) => sum + ((sizes[i] as number) + 1) * outputs, 0)
}
