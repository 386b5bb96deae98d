import { distanceEpsilon } from '../../../../shared/hyperparameters.ts'
import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import { contrastTerms } from './contrast-graph.ts'
import type { LossGraph } from './loss-graph.ts'

/**
 * The contrastive loss of all pairs among features [n, size], as `allPairsLoss` specifies it, and its gradient in them:
 * dL/df_i = sum_j c_ij (f_i - f_j), c as in `contrastGraph`. Differences are laid out [size, n, n], long rows innermost.
 * Feeds: `labels` float [n]; `own` float [], what the n images paired with themselves would add: n times the epsilon.
 */
export function allPairsGraph(graph: Graph, features: Output, margin: number): LossGraph {
  const ops = opsOf(graph)
  const expand = (x: Output, axis: number): Output =>
    graph.node('ExpandDims', [x, ops.axis(axis)], { T: 'float', Tdim: 'int32' })
  const transposed = (x: Output): Output =>
    graph.node('Transpose', [x, graph.constant(Int32Array.of(1, 0), [2])], { T: 'float', Tperm: 'int32' })
  const columns = transposed(features)
  const u = ops.subtract(expand(columns, 2), expand(columns, 1))
  const squares = ops.add(ops.sum(ops.square(u), 0, false), ops.scalar(distanceEpsilon))
  const labels = graph.placeholder('labels', 'float')
  const isSimilar = graph.node('Equal', [expand(labels, 1), expand(labels, 0)], { T: 'float' })
  const { terms, pull } = contrastTerms(graph, squares, isSimilar, margin)
  const withOwn = ops.sum(ops.sum(terms, 1, false), 0, false)
  const twice = ops.subtract(withOwn, graph.placeholder('own', 'float'))
  const slope = transposed(ops.sum(ops.multiply(u, pull), 2, false))
  return { loss: ops.multiply(ops.scalar(0.25), twice), slope }
}
