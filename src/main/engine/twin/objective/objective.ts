import * as tf from '@tensorflow/tfjs-core'
import { invalidInput } from '../../../../shared/errors.ts'
import type { Hyperparameters } from '../../../../shared/hyperparameters.ts'
import { PairSampler } from '../pairs.ts'
import type { Random } from '../random.ts'
import { allPairsLoss } from './all-pairs-loss.ts'
import { type BatchSampler, type ClassBatch, ClassBatchSampler } from './class-batch.ts'
import { classMeansLoss } from './class-means-loss.ts'
import { nPairsLoss } from './n-pairs-loss.ts'
import { supervisedContrastiveLoss } from './supervised-contrastive-loss.ts'
import { tripletLoss } from './triplet-loss.ts'

/** What decides on the batches and their loss. */
export type ObjectiveSettings = Pick<
  Hyperparameters,
  'loss' | 'pairs' | 'reduction' | 'mining' | 'temperature' | 'margin'
>

/** Whether batches are of pairs drawn one by one; otherwise they are of images. */
export const drawsPairs = ({ loss, pairs }: Pick<ObjectiveSettings, 'loss' | 'pairs'>): boolean =>
  loss === 'contrastive' && pairs === 'drawn'

/** Draws the batches of this objective. The labels must have passed `checkTrainable`. */
export function samplerOf(settings: ObjectiveSettings, labels: Uint16Array, random: Random): BatchSampler {
  return drawsPairs(settings) ? new PairSampler(labels, random) : new ClassBatchSampler(labels, random)
}

/** The loss of a batch of images. @param features [images, size] */
export function classBatchLoss(
  settings: ObjectiveSettings,
  features: tf.Tensor2D,
  batch: ClassBatch,
): tf.Scalar {
  const { loss, margin, mining, reduction, temperature } = settings
  const labels = tf.tensor1d(batch.labels, 'int32')
  switch (loss) {
    case 'contrastive':
      return allPairsLoss(features, labels, margin, reduction)
    case 'triplet':
      return tripletLoss(features, labels, margin, mining)
    case 'n-pairs':
      return nPairsLoss(features, labels)
    case 'supervised-contrastive':
      return supervisedContrastiveLoss(features, labels, temperature)
    case 'class-means':
      return classMeansLoss(features, labels, new Set(batch.labels).size)
  }
}

/** Numbers that one table of a loss may hold: several such tables, 200 MB each, are held at once. */
const mostNumbers = 5e7

/** @throws invalid-input: images compared with one another take more memory than a machine has */
export function checkObjective(
  settings: ObjectiveSettings & Pick<Hyperparameters, 'batchSize' | 'embeddingSize'>,
): void {
  const { batchSize, embeddingSize, loss, mining } = settings
  if (drawsPairs(settings)) return
  const triples = loss === 'triplet' && mining !== 'hard'
  const numbers = batchSize ** 2 * (triples ? Math.max(batchSize, embeddingSize) : embeddingSize)
  if (numbers <= mostNumbers) return
  const advice = triples ? ', or hard mining' : ' or features'
  throw invalidInput(
    `Comparing all ${batchSize} images of a batch takes too much memory. Try a smaller batch size${advice}.`,
  )
}
