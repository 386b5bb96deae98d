import * as tf from '@tensorflow/tfjs-core'
import { distanceEpsilon } from '../../../../shared/hyperparameters.ts'
import type { PairBatch } from '../pairs.ts'
import type { Batch, ClassBatch } from './class-batch.ts'
import type { ObjectiveSettings } from './objective.ts'

/** The images of a batch, in the order in which the loss wants their features. */
export function imagesOf(batch: Batch): Int32Array {
  if ('indices' in batch) return batch.indices
  const indices = new Int32Array(2 * batch.similar.length)
  indices.set(batch.first)
  indices.set(batch.second, batch.similar.length)
  return indices
}

/** What `lossGraph` wants to know of a batch, by placeholder. */
export function lossFeeds(settings: ObjectiveSettings, batch: Batch): Record<string, tf.Tensor> {
  return 'indices' in batch ? feedsOfImages(settings, batch) : feedsOfPairs(settings, batch)
}

function feedsOfPairs({ reduction }: ObjectiveSettings, { similar }: PairBatch): Record<string, tf.Tensor> {
  const n = similar.length
  return { similar: tf.tensor2d(Float32Array.from(similar), [n, 1]), ...shareOf(reduction === 'mean', n) }
}

function feedsOfImages(
  { loss, mining, reduction }: ObjectiveSettings,
  { labels }: ClassBatch,
): Record<string, tf.Tensor> {
  const n = labels.length
  const label = (count: number, each: number): tf.Tensor =>
    tf.tensor1d(Float32Array.from({ length: count }, (_, i) => labels[i * each] as number))
  const places = (count: number): tf.Tensor => tf.tensor1d(Float32Array.from({ length: count }, (_, i) => i))
  switch (loss) {
    case 'contrastive':
      return {
        labels: label(n, 1),
        own: tf.scalar(n * distanceEpsilon),
        ...shareOf(reduction === 'mean', (n * (n - 1)) / 2),
      }
    case 'triplet':
      return { labels: label(n, 1), places: places(n), ...shareOf(mining === 'hard', n) }
    case 'n-pairs':
      return { labels: label(n / 2, 2), places: places(n / 2), ...shareOf(true, n / 2) }
    case 'supervised-contrastive':
      return { labels: label(n, 1), places: places(n), ...shareOf(true, n) }
    case 'class-means':
      return { members: membersOf(labels), ...shareOf(true, n) }
  }
}

const shareOf = (wanted: boolean, count: number): Record<string, tf.Tensor> =>
  wanted ? { share: tf.scalar(1 / count) } : {}

/** 1 where an image is of a class, [images, classes]; images stand class after class, equally many of each. */
function membersOf(labels: Int32Array): tf.Tensor2D {
  const n = labels.length
  const classes = new Set(labels).size
  const members = new Float32Array(n * classes)
  for (let i = 0; i < n; i++) members[i * classes + Math.floor((i * classes) / n)] = 1
  return tf.tensor2d(members, [n, classes])
}
