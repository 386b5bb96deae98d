import * as tf from '@tensorflow/tfjs-core'
import { RawOps } from '../../src/main/engine/tensorflow/raw-ops.ts'

/** Rows of one forward pass and the sizes of the layers they go through, input first. */
export interface ProductShape {
  readonly rows: number
  readonly sizes: readonly number[]
}

interface Matrices {
  readonly inputs: readonly tf.Tensor2D[]
  readonly kernels: readonly tf.Tensor2D[]
}

/**
 * The matrix products of one iteration and nothing else, in TensorFlow: forward one a layer, backward one for each
 * kernel's gradient and one for each input's but the first. Three layers make eight: the machine's own floor.
 */
export function iterationProducts(shape: ProductShape): () => Promise<void> {
  const ops = new RawOps()
  const { inputs, kernels } = matrices(shape)
  const slopes = shape.sizes.slice(1).map(size => tf.randomNormal([shape.rows, size]) as tf.Tensor2D)
  return async () => {
    tf.tidy(() => {
      kernels.forEach((kernel, l) => {
        const slope = slopes[l] as tf.Tensor2D
        ops.matMul(inputs[l] as tf.Tensor2D, kernel)
        ops.matMul(inputs[l] as tf.Tensor2D, slope, true)
        if (l > 0) ops.matMul(slope, kernel, false, true)
      })
    })
  }
}

/** The forward products alone, `times` over, each on the same rows: what embedding cannot go below. */
export function forwardProducts(shape: ProductShape, times: number): () => Promise<void> {
  const ops = new RawOps()
  const { inputs, kernels } = matrices(shape)
  return async () => {
    for (let i = 0; i < times; i++) {
      tf.tidy(() => {
        kernels.forEach((kernel, l) => {
          ops.matMul(inputs[l] as tf.Tensor2D, kernel)
        })
      })
    }
  }
}

function matrices({ rows, sizes }: ProductShape): Matrices {
  const steps = sizes.slice(1)
  return {
    inputs: steps.map((_, l) => tf.randomNormal([rows, sizes[l] as number])),
    kernels: steps.map((size, l) => tf.randomNormal([sizes[l] as number, size])),
  }
}
