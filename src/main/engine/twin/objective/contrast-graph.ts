import { distanceEpsilon } from '../../../../shared/hyperparameters.ts'
import { type Graph, type Output, whole } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import type { LossGraph } from './loss-graph.ts'

/**
 * The contrastive loss of features [2 pairs, size], first images then second, and its gradient in them. With
 * u = f1 - f2 and d = sqrt(|u|^2 + 1e-6): dL/df1 = c u and dL/df2 = -c u, where c = 1 for a similar pair and
 * -max(margin - d, 0) / d for a dissimilar one.
 */
export function contrastGraph(graph: Graph, features: Output, margin: number): LossGraph {
  const ops = opsOf(graph)
  const halves = graph.node('Split', [ops.axis(0), features], { T: 'float', num_split: whole(2) })
  const u = ops.subtract(halves, `${halves}:1`)
  const squares = ops.add(ops.sum(ops.square(u), 1, true), ops.scalar(distanceEpsilon))
  const isSimilar = ops.cast(graph.placeholder('similar', 'float'), 'float', 'bool')
  const { terms, pull } = contrastTerms(graph, squares, isSimilar, margin)
  const loss = ops.multiply(ops.scalar(0.5), ops.sum(ops.sum(terms, 1, false), 0, false))
  const slope = ops.multiply(pull, u)
  return { loss, slope: ops.below(slope, ops.one('Neg', slope)) }
}

/** Of every pair, by its squared distance with the epsilon: twice its loss, and c as above. */
export function contrastTerms(
  graph: Graph,
  squares: Output,
  isSimilar: Output,
  margin: number,
): { terms: Output; pull: Output } {
  const ops = opsOf(graph)
  const d = ops.one('Sqrt', squares)
  const shortfall = ops.relu(ops.subtract(ops.scalar(margin), d))
  const terms = ops.choose(isSimilar, squares, ops.square(shortfall))
  return { terms, pull: ops.choose(isSimilar, ops.scalar(1), ops.one('Neg', ops.divide(shortfall, d))) }
}
