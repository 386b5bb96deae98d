import type { Constant, GraphNode, GraphOp } from './encoder-graph.ts'
import { ImportFault } from './import-fault.ts'

/** Collects an encoder's nodes and weights while a file is read. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = []
  readonly constants: Map<string, Constant>

  constructor(constants: ReadonlyMap<string, Constant> = new Map()) {
    this.constants = new Map(constants)
  }

  node(name: string, kind: string, inputs: readonly string[], op: GraphOp): string {
    this.nodes.push({ name, kind, inputs, op })
    return name
  }

  /** Weights made of the file's own, for one node. */
  weights(node: string, part: string, constant: Constant): string {
    return this.constant(`${node} ${part}`, constant)
  }

  /** @throws ImportFault: there is one of this name */
  constant(name: string, constant: Constant): string {
    if (this.constants.has(name)) throw new ImportFault('gives a value that another step gives.')
    this.constants.set(name, constant)
    return name
  }
}
