import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import type { LossGraph } from './loss-graph.ts'
import { sameGraph } from './pair-table-graph.ts'
import { noScore, softmaxGraph } from './softmax-graph.ts'

/**
 * The loss of features [n, size] that `supervisedContrastiveLoss` specifies, and its gradient in them: the cross-entropy of
 * a softmax over the scores z_i.z_a / t, of which every other image of the class is to have the same share. With h the
 * gradient in z and l the length: dL/df = (h - z (z.h)) / l.
 * Feeds: `labels` and `places` (0 to n - 1) float [n]; `share` float [], 1 / n.
 */
export function supervisedContrastiveGraph(graph: Graph, features: Output, temperature: number): LossGraph {
  const ops = opsOf(graph)
  const squares = ops.add(ops.sum(ops.square(features), 1, true), ops.scalar(1e-12))
  const length = ops.one('Sqrt', squares)
  const z = ops.divide(features, length)
  const cooled = (x: Output): Output => ops.divide(x, ops.scalar(temperature))
  const isItself = sameGraph(graph, graph.placeholder('places', 'float'))
  const scores = ops.choose(isItself, ops.scalar(noScore), cooled(ops.matMul(z, z, false, true)))
  const isOfClass = ops.both(sameGraph(graph, graph.placeholder('labels', 'float')), ops.not(isItself))
  const positive = ops.number(isOfClass)
  const wanted = ops.divide(positive, ops.sum(positive, 1, true))
  const { loss, slope } = softmaxGraph(graph, scores, wanted)
  const h = cooled(ops.matMul(ops.add(slope, ops.transpose(slope)), z))
  const along = ops.multiply(z, ops.sum(ops.multiply(z, h), 1, true))
  return { loss, slope: ops.divide(ops.subtract(h, along), length) }
}
