import { type Graph, type Output, whole } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import type { LossGraph } from './loss-graph.ts'
import { sameGraph } from './pair-table-graph.ts'
import { noScore, softmaxGraph } from './softmax-graph.ts'

/**
 * The loss of features [n, size] that `nPairsLoss` specifies, and its gradient in them: the cross-entropy of a softmax over
 * the products of anchors and partners, of which each anchor's own is to be the largest.
 * Feeds: `labels` and `places` (0 to n / 2 - 1) float [n / 2], of the anchors; `share` float [], 2 / n.
 */
export function nPairsGraph(graph: Graph, features: Output, size: number): LossGraph {
  const ops = opsOf(graph)
  const reshape = (x: Output, columns: number): Output =>
    graph.node('Reshape', [x, graph.constant(Int32Array.of(-1, columns), [2])], {
      T: 'float',
      Tshape: 'int32',
    })
  // An anchor and its partner stand below one another: side by side, two to a row, they are two tables.
  const anchors = graph.node('Split', [ops.axis(1), reshape(features, 2 * size)], {
    T: 'float',
    num_split: whole(2),
  })
  const partners = `${anchors}:1`
  const products = ops.matMul(anchors, partners, false, true)
  const isOwn = sameGraph(graph, graph.placeholder('places', 'float'))
  const isOther = ops.not(sameGraph(graph, graph.placeholder('labels', 'float')))
  const counts = ops.either(isOwn, isOther)
  const scores = ops.choose(counts, products, ops.scalar(noScore))
  const { loss, slope } = softmaxGraph(graph, scores, ops.number(isOwn))
  const slopes = [ops.matMul(slope, partners), ops.matMul(slope, anchors, true), ops.axis(1)]
  const beside = graph.node('ConcatV2', slopes, { N: whole(2), T: 'float', Tidx: 'int32' })
  return { loss, slope: reshape(beside, size) }
}
