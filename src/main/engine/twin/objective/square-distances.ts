import * as tf from '@tensorflow/tfjs-core'

/** Squared Euclidean distances of all points a [n, size] to all points b [m, size]: [n, m]. By differences, so exact when near. */
export function squareDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.sum(tf.square(tf.sub(tf.expandDims(a, 1), tf.expandDims(b, 0))), 2)
}

/** 1 where both have the same label, 0 elsewhere: [n, n]. */
export function sameClass(labels: tf.Tensor1D): tf.Tensor2D {
  return tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32')
}

/** 1 everywhere but on the diagonal: [n, n]. */
export function offDiagonal(n: number): tf.Tensor2D {
  return tf.sub(1, tf.eye(n))
}
