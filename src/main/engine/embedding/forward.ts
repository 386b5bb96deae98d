import * as tf from '@tensorflow/tfjs-core'
import { encode } from '../twin/network/forward.ts'
import { type Network, tensorOf } from '../twin/network/network.ts'
import { isPlain, pixelsOf } from '../twin/network/network-spec.ts'
import { GraphForward } from './forward.graph.ts'
import { firstKernel, NativeForward } from './forward.native.ts'

/** A network made ready to embed images with. */
export interface Forward {
  /** The features of images given as bytes, [count, embedding size]. The caller disposes of them. */
  run(bytes: Uint8Array, count: number): tf.Tensor2D
  /** Frees what was made for it; the network stays. */
  dispose(): void
}

/** The forward pass for the current backend: the native one is a graph of TensorFlow's own. */
export function createForward(network: Network): Forward {
  if (tf.getBackend() !== 'tensorflow') return new GenericForward(network)
  return isPlain(network.spec) ? new NativeForward(network) : new GraphForward(network)
}

/**
 * On every backend. Where the first layer takes brightness as it is, the bytes' scale, 1/255, is taken into its kernel:
 * that costs one pass over it and not one over all pixels.
 */
export class GenericForward implements Forward {
  readonly #network: Network
  readonly #scaled: tf.Tensor | undefined

  constructor(network: Network) {
    const { spec, tensors } = network
    this.#scaled = isPlain(spec) ? tf.mul(tensorOf(tensors, firstKernel), 1 / 255) : undefined
    this.#network =
      this.#scaled === undefined ? network : { spec, tensors: { ...tensors, [firstKernel]: this.#scaled } }
  }

  run(bytes: Uint8Array, count: number): tf.Tensor2D {
    const { spec } = this.#network
    return tf.tidy(() => {
      const rows = tf.tensor2d(new Float32Array(bytes), [count, pixelsOf(spec)])
      return encode(this.#network, this.#scaled === undefined ? tf.mul(rows, 1 / 255) : rows)
    })
  }

  dispose(): void {
    this.#scaled?.dispose()
  }
}
