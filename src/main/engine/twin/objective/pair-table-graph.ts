import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'

/** All pairs of points [n, size] in a graph. */
export interface PairTable {
  /** Squared distances, [n, n]. */
  readonly squares: Output
  /** The sum over j of c_ij (f_i - f_j), [n, size], with factors c [n, n]. */
  readonly pulled: (factors: Output) => Output
}

/** By differences, so exact when near. They are laid out [size, n, n], long rows innermost. */
export function pairTable(graph: Graph, points: Output): PairTable {
  const ops = opsOf(graph)
  const columns = ops.transpose(points)
  const u = ops.subtract(ops.expand(columns, 2), ops.expand(columns, 1))
  return {
    squares: ops.sum(ops.square(u), 0, false),
    pulled: factors => ops.transpose(ops.sum(ops.multiply(u, factors), 2, false)),
  }
}

/** Whether each two have the same value: bool [n, n]. @param values float [n] */
export function sameGraph(graph: Graph, values: Output): Output {
  const ops = opsOf(graph)
  return ops.two('Equal', ops.expand(values, 1), ops.expand(values, 0))
}
