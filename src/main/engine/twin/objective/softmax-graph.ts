import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'

/** So low a score that a softmax gives it nothing. */
export const noScore = -1e9

/**
 * The mean over rows of the cross-entropy of a softmax over scores [rows, columns], and its gradient in them.
 * @param wanted shares of 1 in each row, [rows, columns]
 * Feed: `share` float [], 1 / rows.
 */
export function softmaxGraph(graph: Graph, scores: Output, wanted: Output): { loss: Output; slope: Output } {
  const ops = opsOf(graph)
  const share = graph.placeholder('share', 'float')
  const each = ops.two('SoftmaxCrossEntropyWithLogits', scores, wanted)
  return { loss: ops.multiply(share, ops.sum(each, 0, false)), slope: ops.multiply(share, `${each}:1`) }
}
