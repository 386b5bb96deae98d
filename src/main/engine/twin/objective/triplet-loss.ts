import * as tf from '@tensorflow/tfjs-core'
import { offDiagonal, sameClass, squareDistances } from './square-distances.ts'

export type Mining = 'none' | 'semi-hard' | 'hard'

/** Farther than any squared distance of features that are numbers at all in a training that has not diverged. */
export const far = 1e12

/**
 * The triplet loss, the mean of max(|a - p|^2 - |a - n|^2 + margin, 0) over triplets of an anchor, another image of its
 * class and one of another class (Schroff, Kalenichenko and Philbin, "FaceNet", CVPR 2015, equation 3).
 * `none`: over all triplets of the batch. `semi-hard`: over all similar pairs, each with the nearest dissimilar image that
 * is farther than the similar one, or the farthest of all where none is (their section 3.2). `hard`: over all anchors, each
 * with its farthest similar and nearest dissimilar image.
 * @param features [n, size]
 * @param labels [n]
 */
export function tripletLoss(
  features: tf.Tensor2D,
  labels: tf.Tensor1D,
  margin: number,
  mining: Mining,
): tf.Scalar {
  const [n] = features.shape
  const squares = squareDistances(features, features)
  const same = sameClass(labels)
  const positive = tf.mul(same, offDiagonal(n))
  const isOther = tf.equal(same, 0)
  const hinge = (ap: tf.Tensor, an: tf.Tensor): tf.Tensor => tf.relu(tf.add(tf.sub(ap, an), margin))
  if (mining === 'hard') {
    const nearest = tf.min(tf.where(isOther, squares, far), 1)
    return tf.mean(hinge(tf.max(tf.mul(squares, positive), 1), nearest))
  }
  const ap = tf.expandDims(squares, 2)
  const an = tf.expandDims(squares, 1)
  if (mining === 'none') {
    const valid = tf.mul(tf.expandDims(positive, 2), tf.expandDims(tf.sub(1, same), 1))
    return tf.div(tf.sum(tf.mul(hinge(ap, an), valid)), tf.sum(valid))
  }
  const negative = tf.sum(tf.mul(semiHard(squares, isOther), an), 2)
  return tf.div(tf.sum(tf.mul(hinge(squares, negative), positive)), tf.sum(positive))
}

/** For each anchor and positive, 1 at the negative that counts, or shares of 1 at several alike: [n, n, n]. A choice has no slope. */
function semiHard(squares: tf.Tensor2D, isOther: tf.Tensor): tf.Tensor {
  const choose = tf.customGrad(x => ({
    value: tf.tidy(() => {
      const given = x as tf.Tensor
      const an = tf.expandDims(given, 1)
      const isFarther = tf.logicalAnd(tf.greater(an, tf.expandDims(given, 2)), tf.expandDims(isOther, 1))
      const nearest = tf.min(tf.where(isFarther, an, far), 2, true)
      const farthest = tf.max(tf.where(isOther, given, -far), 1, true)
      const chosen = tf.where(tf.less(nearest, far), nearest, tf.expandDims(farthest, 2))
      const alike = tf.logicalAnd(tf.equal(an, chosen), tf.expandDims(isOther, 1))
      const ones = tf.cast(alike, 'float32')
      return tf.div(ones, tf.sum(ones, 2, true))
    }),
    gradFunc: () => tf.zerosLike(x as tf.Tensor),
  }))
  return choose(squares)
}
