import * as tf from '@tensorflow/tfjs-core'
import { encode, type Layer } from '../twin/encoder.ts'
import { nativeForward } from './forward.native.ts'

/**
 * The features of images given as bytes, [images, pixels], by layers that take them as they are (their scale is in the
 * first kernel): [images, embedding size], in the current tidy.
 */
export type Forward = (layers: readonly Layer[], bytes: Uint8Array, shape: [number, number]) => tf.Tensor2D

/** The forward pass for the current backend: the native one is a graph of TensorFlow's own. */
export const createForward = (): Forward =>
  tf.getBackend() === 'tensorflow' ? nativeForward : genericForward

export const genericForward: Forward = (layers, bytes, shape) =>
  encode(layers, tf.tensor2d(new Float32Array(bytes), shape))
