import * as tf from '@tensorflow/tfjs-core'
import { distanceEpsilon } from '../../../shared/hyperparameters.ts'

/** d_i = sqrt(|a_i - b_i|^2 + 1e-6): the epsilon keeps the square root differentiable where a pair coincides. */
export function pairDistances(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor1D {
  const squares = tf.sum(tf.square(tf.sub(first, second)), 1)
  return tf.sqrt(tf.add(squares, distanceEpsilon))
}

/**
 * The contrastive loss of a batch, a sum and not a mean (Hadsell, Chopra and LeCun, "Dimensionality reduction by
 * learning an invariant mapping", CVPR 2006, equation 4, with y = 1 for similar pairs):
 * L = 1/2 sum_i [ y_i d_i^2 + (1 - y_i) max(margin - d_i, 0)^2 ]
 * @param first [pairs, features]
 * @param second [pairs, features]
 * @param similar [pairs], 1 or 0
 */
export function contrastiveLoss(
  first: tf.Tensor2D,
  second: tf.Tensor2D,
  similar: tf.Tensor1D,
  margin: number,
): tf.Scalar {
  const distances = pairDistances(first, second)
  const pulled = tf.mul(similar, tf.square(distances))
  const shortfall = tf.relu(tf.sub(margin, distances))
  const pushed = tf.mul(tf.sub(1, similar), tf.square(shortfall))
  return tf.mul(0.5, tf.sum(tf.add(pulled, pushed)))
}
