import * as tf from '@tensorflow/tfjs-core'
import { Graph } from '../tensorflow/graph/graph.ts'
import { GraphSession } from '../tensorflow/graph/graph-session.ts'
import { opsOf } from '../tensorflow/graph/ops.ts'
import { layersGraph, reshape } from '../twin/graph/layer-graph.ts'
import { settledWeights } from '../twin/network/forward.ts'
import { layersOf, linearLayers } from '../twin/network/layers.ts'
import type { Network } from '../twin/network/network.ts'
import { type NetworkSpec, pixelsOf } from '../twin/network/network-spec.ts'
import type { Forward } from './forward.ts'

/**
 * The forward pass of any network as one graph. Batch norm by moving averages is a factor and a shift of each channel: they
 * are taken into the kernel and bias before it, so that TensorFlow fuses product, bias and ReLU.
 */
export class GraphForward implements Forward {
  readonly #feeds: Record<string, tf.Tensor> = {}
  readonly #session: GraphSession
  readonly #pixels: number

  constructor(network: Network) {
    const { spec } = network
    for (const layer of linearLayers(layersOf(spec))) {
      const { kernel, bias } = settledWeights(network, layer)
      this.#feeds[`${layer.name}.kernel`] = kernel
      this.#feeds[`${layer.name}.bias`] = bias
    }
    this.#session = sessionOf(spec)
    this.#pixels = pixelsOf(spec)
  }

  run(bytes: Uint8Array, count: number): tf.Tensor2D {
    const images = { values: bytes, shape: [count, this.#pixels] }
    return this.#session.run({ images, ...this.#feeds }, ['features'])[0] as tf.Tensor2D
  }

  dispose(): void {
    tf.dispose(this.#feeds)
  }
}

/** The newest networks' graphs: they hold no weights, and TensorFlow prepares a graph anew at its first run. */
const sessions = new Map<string, GraphSession>()
const mostSessions = 8

function sessionOf(spec: NetworkSpec): GraphSession {
  const key = JSON.stringify(spec)
  const known = sessions.get(key)
  if (known !== undefined) return known
  const [oldest] = sessions.keys()
  if (sessions.size >= mostSessions && oldest !== undefined) {
    sessions.get(oldest)?.dispose()
    sessions.delete(oldest)
  }
  const session = new GraphSession(forwardGraph(spec))
  sessions.set(key, session)
  return session
}

function forwardGraph(spec: NetworkSpec): Graph {
  const graph = new Graph()
  const ops = opsOf(graph)
  const bytes = ops.cast(graph.placeholder('images', 'uint8'), 'uint8', 'float')
  const shape = [-1, spec.height, spec.width, spec.channels]
  const images = reshape(graph, ops.multiply(bytes, ops.scalar(1 / 255)), shape).output
  const parts = {
    graph,
    kernel: ({ name }: { readonly name: string }) => graph.placeholder(`${name}.kernel`, 'float'),
    settle: ({ name }: { readonly name: string }, product: string) => ({
      output: ops.biasAdd(product, graph.placeholder(`${name}.bias`, 'float')),
      back: (slope: string) => slope,
    }),
    dropout: undefined,
    learn: () => undefined,
  }
  graph.node('Identity', [layersGraph(parts, layersOf(spec), images).output], { T: 'float' }, 'features')
  return graph
}
