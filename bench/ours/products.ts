import * as tf from '@tensorflow/tfjs-core'
import { Graph, type Output, truth } from '../../src/main/engine/tensorflow/graph/graph.ts'
import { GraphSession } from '../../src/main/engine/tensorflow/graph/graph-session.ts'

/** Rows of one forward pass and the sizes of the layers they go through, input first. */
export interface ProductShape {
  readonly rows: number
  readonly sizes: readonly number[]
}

/**
 * The matrix products of one iteration and nothing else, in TensorFlow: forward one a layer, backward one for each
 * kernel's gradient and one for each input's but the first. Three layers make eight: the machine's own floor.
 */
export const iterationProducts = (shape: ProductShape): (() => Promise<void>) =>
  products(shape, (matMul, input, kernel, slope, l) => [
    matMul(input, kernel),
    matMul(input, slope, true),
    ...(l > 0 ? [matMul(slope, kernel, false, true)] : []),
  ])

/** The forward products alone, `times` over, each on the same rows: what embedding cannot go below. */
export function forwardProducts(shape: ProductShape, times: number): () => Promise<void> {
  const once = products(shape, (matMul, input, kernel) => [matMul(input, kernel)])
  return async () => {
    for (let i = 0; i < times; i++) await once()
  }
}

type MatMul = (a: Output, b: Output, transposeA?: boolean, transposeB?: boolean) => Output

/** A graph of products of random matrices. @param layer the products of one layer */
function products(
  { rows, sizes }: ProductShape,
  layer: (matMul: MatMul, input: Output, kernel: Output, slope: Output, index: number) => Output[],
): () => Promise<void> {
  const graph = new Graph()
  const feeds: Record<string, tf.Tensor> = {}
  const matrix = (name: string, shape: [number, number]): Output => {
    feeds[name] = tf.randomNormal(shape)
    return graph.placeholder(name, 'float')
  }
  const matMul: MatMul = (a, b, transposeA = false, transposeB = false) =>
    graph.node('MatMul', [a, b], {
      T: 'float',
      transpose_a: truth(transposeA),
      transpose_b: truth(transposeB),
    })
  const fetches = sizes.slice(1).flatMap((outputs, l) => {
    const inputs = sizes[l] as number
    return layer(
      matMul,
      matrix(`input${l}`, [rows, inputs]),
      matrix(`kernel${l}`, [inputs, outputs]),
      matrix(`slope${l}`, [rows, outputs]),
      l,
    )
  })
  const session = new GraphSession(graph)
  return async () => tf.dispose(session.run(feeds, fetches))
}
