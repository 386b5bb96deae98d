import * as tf from '@tensorflow/tfjs-core'
import { Graph, type Output } from '../tensorflow/graph/graph.ts'
import { GraphSession } from '../tensorflow/graph/graph-session.ts'
import { opsOf } from '../tensorflow/graph/ops.ts'
import { type Network, tensorOf } from '../twin/network/network.ts'
import { pixelsOf } from '../twin/network/network-spec.ts'
import type { Forward } from './forward.ts'

/** Of the recipe's network. */
export const firstKernel = 'layer1.kernel'

/**
 * The forward pass of fully connected layers as one graph: bytes become floats inside TensorFlow, on all cores, and bias
 * and ReLU are fused into their product. The weights are handed in, which copies nothing.
 */
export class NativeForward implements Forward {
  readonly #feeds: Record<string, tf.Tensor> = {}
  readonly #scaled: tf.Tensor
  readonly #session: GraphSession
  readonly #pixels: number

  constructor({ spec, tensors }: Network) {
    const layers = spec.hiddenSizes.length + 1
    this.#scaled = tf.mul(tensorOf(tensors, firstKernel), 1 / 255)
    for (let l = 0; l < layers; l++) {
      this.#feeds[`kernel${l}`] = l === 0 ? this.#scaled : tensorOf(tensors, `layer${l + 1}.kernel`)
      this.#feeds[`bias${l}`] = tensorOf(tensors, `layer${l + 1}.bias`)
    }
    this.#session = sessionOf(layers)
    this.#pixels = pixelsOf(spec)
  }

  run(bytes: Uint8Array, count: number): tf.Tensor2D {
    const images = { values: bytes, shape: [count, this.#pixels] }
    return this.#session.run({ images, ...this.#feeds }, ['features'])[0] as tf.Tensor2D
  }

  dispose(): void {
    this.#scaled.dispose()
  }
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
