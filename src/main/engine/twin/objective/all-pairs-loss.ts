import * as tf from '@tensorflow/tfjs-core'
import { distanceEpsilon } from '../../../../shared/hyperparameters.ts'
import { offDiagonal, sameClass, squareDistances } from './square-distances.ts'

/**
 * The contrastive loss (Hadsell, Chopra and LeCun, CVPR 2006, equation 4) of all n (n - 1) / 2 pairs among n images, each
 * pair once: one forward pass of n images gives n (n - 1) / 2 pairs.
 * @param features [n, size]
 * @param labels [n]
 */
export function allPairsLoss(
  features: tf.Tensor2D,
  labels: tf.Tensor1D,
  margin: number,
  reduction: 'sum' | 'mean',
): tf.Scalar {
  const [n] = features.shape
  const squares = tf.add(squareDistances(features, features), distanceEpsilon)
  const shortfall = tf.relu(tf.sub(margin, tf.sqrt(squares)))
  const similar = sameClass(labels)
  const terms = tf.add(tf.mul(similar, squares), tf.mul(tf.sub(1, similar), tf.square(shortfall)))
  const sum = tf.mul(0.25, tf.sum(tf.mul(terms, offDiagonal(n)))) as tf.Scalar
  return reduction === 'sum' ? sum : tf.div(sum, (n * (n - 1)) / 2)
}
