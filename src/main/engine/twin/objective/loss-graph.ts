import * as tf from '@tensorflow/tfjs-core'
import { distanceEpsilon } from '../../../../shared/hyperparameters.ts'
import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import { allPairsGraph } from './all-pairs-graph.ts'
import type { Batch } from './class-batch.ts'
import { contrastGraph } from './contrast-graph.ts'
import { drawsPairs, type ObjectiveSettings } from './objective.ts'

/** The loss of a batch's features, and its gradient in them [images, size]. */
export interface LossGraph {
  readonly loss: Output
  readonly slope: Output
}

/** Whether the loss is there as a graph; otherwise the generic step computes it. */
export const hasLossGraph = ({ loss }: Pick<ObjectiveSettings, 'loss'>): boolean => loss === 'contrastive'

/** The objective's nodes after the features, fed with `lossFeeds`; the loss is fetched as `loss`. */
export function lossGraph(graph: Graph, features: Output, settings: ObjectiveSettings): LossGraph {
  const ops = opsOf(graph)
  const { margin, reduction } = settings
  const sums = drawsPairs(settings)
    ? contrastGraph(graph, features, margin)
    : allPairsGraph(graph, features, margin)
  if (reduction === 'sum')
    return { ...sums, loss: graph.node('Identity', [sums.loss], { T: 'float' }, 'loss') }
  const share = graph.placeholder('share', 'float')
  return { loss: ops.multiply(sums.loss, share, 'loss'), slope: ops.multiply(sums.slope, share) }
}

/** The images of a batch, in the order in which the loss wants their features. */
export function imagesOf(batch: Batch): Int32Array {
  if ('indices' in batch) return batch.indices
  const indices = new Int32Array(2 * batch.similar.length)
  indices.set(batch.first)
  indices.set(batch.second, batch.similar.length)
  return indices
}

export function lossFeeds(settings: ObjectiveSettings, batch: Batch): Record<string, tf.Tensor> {
  const n = 'indices' in batch ? batch.indices.length : batch.similar.length
  const pairs = 'indices' in batch ? (n * (n - 1)) / 2 : n
  const share = settings.reduction === 'mean' ? { share: tf.scalar(1 / pairs) } : {}
  if (!('indices' in batch)) {
    return { similar: tf.tensor2d(Float32Array.from(batch.similar), [n, 1]), ...share }
  }
  const labels = tf.tensor1d(Float32Array.from(batch.labels))
  return { labels, own: tf.scalar(n * distanceEpsilon), ...share }
}
