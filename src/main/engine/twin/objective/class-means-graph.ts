import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import type { LossGraph } from './loss-graph.ts'
import { softmaxGraph } from './softmax-graph.ts'

/**
 * The loss of features [n, size] that `classMeansLoss` specifies, and its gradient in them. With the scores
 * s_ik = -|f_i - m_k|^2, their slopes g and w_ik = 2 g_ik (f_i - m_k): dL/df_i = -sum_k w_ik, and its share of what
 * comes by the mean of its class, sum_j w_jk.
 * Feeds: `members` float [n, classes], 1 where an image is of a class; `share` float [], 1 / n.
 */
export function classMeansGraph(graph: Graph, features: Output): LossGraph {
  const ops = opsOf(graph)
  const members = graph.placeholder('members', 'float')
  const shares = ops.divide(members, ops.sum(members, 0, true))
  const means = ops.matMul(shares, features, true)
  const u = ops.subtract(ops.expand(features, 1), ops.expand(means, 0))
  const scores = ops.one('Neg', ops.sum(ops.square(u), 2, false))
  const { loss, slope } = softmaxGraph(graph, scores, members)
  const w = ops.multiply(ops.expand(ops.multiply(ops.scalar(2), slope), 2), u)
  const byMeans = ops.matMul(shares, ops.sum(w, 0, false))
  return { loss, slope: ops.subtract(byMeans, ops.sum(w, 1, false)) }
}
