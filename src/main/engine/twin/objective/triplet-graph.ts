import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import type { LossGraph } from './loss-graph.ts'
import { pairTable, sameGraph } from './pair-table-graph.ts'
import { far, type Mining } from './triplet-loss.ts'

/** What triplets are made of, [n, n] each. */
interface Pairs {
  readonly squares: Output
  /** 1 for another image of the anchor's class, 0 elsewhere. */
  readonly positive: Output
  /** An image of another class: as a truth, and as 1 or 0. */
  readonly isNegative: Output
  readonly negative: Output
}

/** A loss and its gradient in the squared distances of similar and, negated, of dissimilar pairs, [n, n] both. */
interface Mined {
  readonly loss: Output
  readonly apart: Output
  readonly near: Output
}

/**
 * The loss of features [n, size] that `tripletLoss` specifies, and its gradient in them: with c the gradient in the squared
 * distances, dL/df_i = 2 sum_j (c_ij + c_ji) (f_i - f_j).
 * Feeds: `labels` and `places` (0 to n - 1) float [n]; `share` float [], 1 / n, where mining is hard.
 */
export function tripletGraph(graph: Graph, features: Output, margin: number, mining: Mining): LossGraph {
  const ops = opsOf(graph)
  const { squares, pulled } = pairTable(graph, features)
  const same = sameGraph(graph, graph.placeholder('labels', 'float'))
  const isNegative = ops.not(same)
  const isPositive = ops.both(same, ops.not(sameGraph(graph, graph.placeholder('places', 'float'))))
  const [positive, negative] = [ops.number(isPositive), ops.number(isNegative)]
  const pairs = { squares, positive, isNegative, negative }
  const { loss, apart, near } = { none: everyTriplet, 'semi-hard': semiHard, hard }[mining](
    graph,
    pairs,
    margin,
  )
  const slope = ops.multiply(ops.scalar(2), ops.subtract(apart, near))
  return { loss, slope: pulled(ops.add(slope, ops.transpose(slope))) }
}

/** max(ap - an + margin, 0), and 1 where that is above zero. */
function hinge(graph: Graph, ap: Output, an: Output, margin: number): { height: Output; open: Output } {
  const ops = opsOf(graph)
  const height = ops.relu(ops.add(ops.subtract(ap, an), ops.scalar(margin)))
  return { height, open: ops.number(ops.two('Greater', height, ops.scalar(0))) }
}

/** All triplets: [anchors, positives, negatives]. */
function everyTriplet(graph: Graph, { squares, positive, negative }: Pairs, margin: number): Mined {
  const ops = opsOf(graph)
  const { height, open } = hinge(graph, ops.expand(squares, 2), ops.expand(squares, 1), margin)
  const valid = ops.multiply(ops.expand(positive, 2), ops.expand(negative, 1))
  const count = ops.total(valid, 3)
  const counted = ops.multiply(open, ops.divide(valid, count))
  return {
    loss: ops.divide(ops.total(ops.multiply(height, valid), 3), count),
    apart: ops.sum(counted, 2, false),
    near: ops.sum(counted, 1, false),
  }
}

/** Of each anchor and positive the nearest negative that is farther, or the farthest of all: as `tripletLoss` chooses. */
function semiHard(graph: Graph, { squares, positive, isNegative }: Pairs, margin: number): Mined {
  const ops = opsOf(graph)
  const an = ops.expand(squares, 1)
  const isOther = graph.node('ExpandDims', [isNegative, ops.axis(1)], { T: 'bool', Tdim: 'int32' })
  const isFarther = ops.both(ops.two('Greater', an, ops.expand(squares, 2)), isOther)
  const nearest = ops.smallest(ops.choose(isFarther, an, ops.scalar(far)), 2, false)
  const farthest = ops.largest(ops.choose(isNegative, squares, ops.scalar(-far)), 1, true)
  const chosen = ops.choose(ops.two('Less', nearest, ops.scalar(far)), nearest, farthest)
  const isChosen = ops.both(ops.two('Equal', an, ops.expand(chosen, 2)), isOther)
  const alike = ops.number(isChosen)
  const { height, open } = hinge(graph, squares, chosen, margin)
  const count = ops.total(positive, 2)
  const counted = ops.multiply(open, ops.divide(positive, count))
  // Several that are alike share the slope.
  const each = ops.divide(counted, ops.sum(alike, 2, false))
  return {
    loss: ops.divide(ops.total(ops.multiply(height, positive), 2), count),
    apart: counted,
    near: ops.sum(ops.multiply(alike, ops.expand(each, 2)), 1, false),
  }
}

/** Of each anchor its farthest positive and nearest negative. */
function hard(graph: Graph, { squares, positive, negative, isNegative }: Pairs, margin: number): Mined {
  const ops = opsOf(graph)
  const share = graph.placeholder('share', 'float')
  const similar = ops.multiply(squares, positive)
  const dissimilar = ops.choose(isNegative, squares, ops.scalar(far))
  const [farthest, nearest] = [ops.largest(similar, 1, true), ops.smallest(dissimilar, 1, true)]
  const { height, open } = hinge(graph, farthest, nearest, margin)
  const counted = ops.multiply(open, share)
  const where = (values: Output, value: Output, among: Output): Output => {
    const isIt = ops.number(ops.two('Equal', values, value))
    return ops.multiply(ops.multiply(isIt, among), counted)
  }
  return {
    loss: ops.multiply(share, ops.total(height, 2)),
    apart: where(similar, farthest, positive),
    near: where(dissimilar, nearest, negative),
  }
}
