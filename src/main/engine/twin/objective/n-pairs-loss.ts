import * as tf from '@tensorflow/tfjs-core'
import { sameClass } from './square-distances.ts'

/**
 * The multi-class N-pair loss: the mean over anchors f of log(1 + sum_k exp(f.g_k - f.g)), where g is the anchor's partner
 * and g_k the partners of anchors of other classes (Sohn, "Improved deep metric learning with multi-class N-pair loss
 * objective", NIPS 2016, equation 7; without its weight on the features' length). Images at even places are anchors, each
 * followed by its partner, which is of its class.
 * @param features [n, size], n even
 * @param labels [n]
 */
export function nPairsLoss(features: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const [n, size] = features.shape
  const paired = tf.reshape(features, [n / 2, 2, size])
  const [anchors, partners] = tf.unstack(paired, 1) as [tf.Tensor2D, tf.Tensor2D]
  const products = tf.matMul(anchors, tf.transpose(partners))
  const same = sameClass(tf.squeeze(tf.slice(tf.reshape(labels, [n / 2, 2]), [0, 0], [-1, 1]), [1]))
  const own = tf.eye(n / 2)
  // Another partner of the anchor's own class is neither.
  const logits = tf.sub(products, tf.mul(tf.sub(same, own), 1e9))
  const score = tf.sum(tf.mul(products, own), 1)
  return tf.mean(tf.sub(tf.logSumExp(logits, 1), score))
}
