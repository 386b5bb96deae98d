import { type Constant, type EncoderGraph, originOf, shortened } from './encoder-graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { ImportFault } from './import-fault.ts'
import { readOnnx } from './onnx-file.ts'
import { NodeReader } from './onnx-node.ts'
import { type AddNode, operators } from './onnx-operators.ts'

/** The encoder that an ONNX model is. @throws ImportFault */
export function onnxGraph(bytes: Uint8Array): EncoderGraph {
  const { opset, producer, metadata, nodes, constants, inputs, outputs } = readOnnx(bytes)
  const [input, otherInput] = inputs
  const [output, otherOutput] = outputs
  if (input === undefined || otherInput !== undefined || output === undefined || otherOutput !== undefined)
    throw new ImportFault(
      `it has ${inputs.length} inputs and ${outputs.length} outputs; an encoder has one of each.`,
    )
  const graph = new GraphBuilder(constants)
  for (const node of nodes) {
    const name = node.outputs[0] ?? ''
    const add: AddNode | undefined = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined
    if (add === undefined) {
      const known = Object.keys(operators).join(', ')
      throw new ImportFault(`it needs the operator ${shortened(node.op)}; those known here are ${known}.`)
    }
    try {
      // What is the same for each image is known now: other nodes may need it.
      const constant: Constant | undefined =
        node.op === 'Identity' ? constantOf(graph, node.inputs[0]) : undefined
      if (constant !== undefined) graph.constant(name, constant)
      else add(graph, name, new NodeReader(node, opset, graph.constants))
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error
      throw new ImportFault(`its step "${shortened(name)}" (${node.op}) ${error.message}`)
    }
  }
  const origin = originOf(producer, metadata.get('run'))
  return { origin, input, channelsFirst: true, constants: graph.constants, nodes: graph.nodes, output }
}

const constantOf = (graph: GraphBuilder, name = ''): Constant | undefined => graph.constants.get(name)
