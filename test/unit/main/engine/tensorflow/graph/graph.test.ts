import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { Graph, graphTag, truth } from '../../../../../../src/main/engine/tensorflow/graph/graph.ts'

/** As tfjs-node's own reader of saved models gives it back. */
interface Parsed {
  readonly metaGraphsList: readonly [
    {
      readonly metaInfoDef: { readonly tagsList: readonly string[] }
      readonly graphDef: { readonly nodeList: readonly Node[] }
    },
  ]
}
interface Node {
  readonly name: string
  readonly op: string
  readonly inputList: readonly string[]
  readonly attrMap: readonly (readonly [string, Readonly<Record<string, unknown>>])[]
}

/** Google's own code for these messages, which tfjs-node brings. */
const { SavedModel } = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js') as {
  SavedModel: { deserializeBinary(bytes: Uint8Array): { toObject(): Parsed } }
}

function nodesOf(graph: Graph): readonly Node[] {
  const [{ metaInfoDef, graphDef }] = SavedModel.deserializeBinary(graph.serialize()).toObject()
    .metaGraphsList
  expect(metaInfoDef.tagsList).toEqual([graphTag])
  return graphDef.nodeList
}

const attributes = (node: Node | undefined) => Object.fromEntries(node?.attrMap ?? [])

describe('a serialized graph', () => {
  test('names its nodes, their ops and what goes in, as the reader of saved models reads it', () => {
    const graph = new Graph()
    const x = graph.placeholder('x', 'float')
    const product = graph.node('MatMul', [x, x], {
      T: 'float',
      transpose_a: truth(true),
      transpose_b: truth(false),
    })
    graph.node('Identity', [product, '^x'], { T: 'float' }, 'end')
    const nodes = nodesOf(graph)
    expect(nodes.map(({ name, op, inputList }) => [name, op, inputList])).toEqual([
      ['x', 'Placeholder', []],
      ['node1', 'MatMul', ['x', 'x']],
      ['end', 'Identity', ['node1', '^x']],
    ])
    expect(attributes(nodes[1])).toMatchObject({
      T: { type: 1 },
      transpose_a: { b: true },
      transpose_b: { b: false },
    })
  })

  test('holds constants byte for byte, and shapes of any size', () => {
    const graph = new Graph()
    graph.constant(Int32Array.of(2, -1, 300), [3])
    graph.variable('v', 'uint8', [60_000, 784])
    const [constant, variable] = nodesOf(graph)
    const { value } = attributes(constant) as { value: { tensor: { tensorContent: string; dtype: number } } }
    expect(value.tensor.dtype).toBe(3)
    const content = Buffer.from(value.tensor.tensorContent, 'base64')
    expect([0, 4, 8].map(at => content.readInt32LE(at))).toEqual([2, -1, 300])
    const { shape } = attributes(variable) as { shape: { shape: { dimList: { size: number }[] } } }
    expect(shape.shape.dimList.map(({ size }) => size)).toEqual([60_000, 784])
  })

  test('tells its nodes, and what a device must have kernels for', () => {
    const graph = new Graph()
    graph.node('Cast', [graph.placeholder('x', 'uint8')], {
      SrcT: 'uint8',
      DstT: 'float',
      Truncate: truth(false),
    })
    expect(graph.ops).toEqual([
      { name: 'x', op: 'Placeholder', inputs: [], types: { dtype: 'uint8' } },
      { name: 'node1', op: 'Cast', inputs: ['x'], types: { SrcT: 'uint8', DstT: 'float' } },
    ])
  })
})
