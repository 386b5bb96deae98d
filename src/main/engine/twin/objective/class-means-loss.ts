import * as tf from '@tensorflow/tfjs-core'
import { sameClass, squareDistances } from './square-distances.ts'

/**
 * How surely each image is nearest to the mean of its class: the cross-entropy of a softmax over the negative squared
 * distances to the means of the batch's classes, the mean over images (Mensink, Verbeek, Perronnin and Csurka,
 * "Distance-based image classification", TPAMI 2013, equation 3, with the batch's means as Snell, Swersky and Zemel's
 * prototypes, NIPS 2017, equation 2). Images stand class after class, equally many of each.
 * @param features [classes * each, size]
 * @param labels [classes * each]
 * @param classes of the batch
 */
export function classMeansLoss(features: tf.Tensor2D, labels: tf.Tensor1D, classes: number): tf.Scalar {
  const [n, size] = features.shape
  const means = tf.mean(tf.reshape(features, [classes, n / classes, size]), 1) as tf.Tensor2D
  const scores = tf.neg(squareDistances(features, means))
  const own = tf.slice(tf.reshape(sameClass(labels), [n, classes, n / classes]), [0, 0, 0], [-1, -1, 1])
  const ownScore = tf.sum(tf.mul(scores, tf.squeeze(own, [2])), 1)
  return tf.mean(tf.sub(tf.logSumExp(scores, 1), ownScore))
}
