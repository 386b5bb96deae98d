import type * as tf from '@tensorflow/tfjs-core'
import { Graph, type Output } from '../tensorflow/graph/graph.ts'
import { GraphSession } from '../tensorflow/graph/graph-session.ts'
import { opsOf } from '../tensorflow/graph/ops.ts'
import type { Layer } from '../twin/encoder.ts'

/**
 * The forward pass as one graph: bytes become floats inside TensorFlow, on all cores, and bias and ReLU are fused into
 * their product. The weights are handed in, which copies nothing.
 */
export function nativeForward(
  layers: readonly Layer[],
  bytes: Uint8Array,
  shape: readonly [number, number],
): tf.Tensor2D {
  const feeds: Record<string, tf.Tensor> = {}
  layers.forEach(({ kernel, bias }, l) => {
    feeds[`kernel${l}`] = kernel
    feeds[`bias${l}`] = bias
  })
  const session = sessionOf(layers.length)
  return session.run({ images: { values: bytes, shape }, ...feeds }, ['features'])[0] as tf.Tensor2D
}

/** One for each number of layers, for good: it holds no weights, and TensorFlow prepares a graph anew at its first run. */
const sessions = new Map<number, GraphSession>()

function sessionOf(layers: number): GraphSession {
  const known = sessions.get(layers)
  if (known !== undefined) return known
  const session = new GraphSession(forwardGraph(layers))
  sessions.set(layers, session)
  return session
}

function forwardGraph(layers: number): Graph {
  const graph = new Graph()
  const ops = opsOf(graph)
  let features: Output = ops.cast(graph.placeholder('images', 'uint8'), 'uint8', 'float')
  for (let l = 0; l < layers; l++) {
    const product = ops.matMul(features, graph.placeholder(`kernel${l}`, 'float'))
    features = ops.biasAdd(product, graph.placeholder(`bias${l}`, 'float'))
    if (l < layers - 1) features = ops.relu(features)
  }
  graph.node('Identity', [features], { T: 'float' }, 'features')
  return graph
}
