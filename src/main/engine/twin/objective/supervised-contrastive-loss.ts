import * as tf from '@tensorflow/tfjs-core'
import { offDiagonal, sameClass } from './square-distances.ts'

/**
 * The supervised contrastive loss with the sum outside the logarithm (Khosla and others, "Supervised contrastive learning",
 * NeurIPS 2020, equation 2), the mean over anchors: with z the features at length 1 and t the temperature,
 * -1/|P(i)| sum_{p in P(i)} log( exp(z_i.z_p / t) / sum_{a != i} exp(z_i.z_a / t) ), P(i) the others of i's class.
 * @param features [n, size]
 * @param labels [n]
 */
export function supervisedContrastiveLoss(
  features: tf.Tensor2D,
  labels: tf.Tensor1D,
  temperature: number,
): tf.Scalar {
  const [n] = features.shape
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(features), 1, true), 1e-12))
  const z = tf.div(features, lengths) as tf.Tensor2D
  const others = offDiagonal(n)
  const scores = tf.div(tf.matMul(z, tf.transpose(z)), temperature)
  const total = tf.logSumExp(tf.sub(scores, tf.mul(tf.eye(n), 1e9)), 1, true)
  const positive = tf.mul(sameClass(labels), others)
  const ofAnchor = tf.sum(tf.mul(tf.sub(total, scores), positive), 1)
  return tf.mean(tf.div(ofAnchor, tf.sum(positive, 1)))
}
