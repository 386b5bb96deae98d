import { distanceEpsilon } from '../../../../shared/hyperparameters.ts'
import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import { contrastTerms } from './contrast-graph.ts'
import type { LossGraph } from './loss-graph.ts'
import { pairTable, sameGraph } from './pair-table-graph.ts'

/**
 * The contrastive loss of all pairs among features [n, size], as `allPairsLoss` specifies it, and its gradient in them:
 * dL/df_i = sum_j c_ij (f_i - f_j), c as in `contrastGraph`.
 * Feeds: `labels` float [n]; `own` float [], what the n images paired with themselves would add: n times the epsilon.
 */
export function allPairsGraph(graph: Graph, features: Output, margin: number): LossGraph {
  const ops = opsOf(graph)
  const table = pairTable(graph, features)
  const squares = ops.add(table.squares, ops.scalar(distanceEpsilon))
  const isSimilar = sameGraph(graph, graph.placeholder('labels', 'float'))
  const { terms, pull } = contrastTerms(graph, squares, isSimilar, margin)
  const twice = ops.subtract(ops.total(terms, 2), graph.placeholder('own', 'float'))
  return { loss: ops.multiply(ops.scalar(0.25), twice), slope: table.pulled(pull) }
}
