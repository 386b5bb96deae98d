import * as tf from '@tensorflow/tfjs-core'
import { type ConvLayer, type DenseLayer, type Layer, layersOf } from './layers.ts'
import { type Network, tensorOf } from './network.ts'

/** Keeps a variance of zero from dividing by zero: as PyTorch has it. */
export const batchNormEpsilon = 1e-5

/** What a pass does differently in training. */
export interface Pass {
  /** Bias or batch norm, after a layer's product. */
  readonly settle: (layer: DenseLayer | ConvLayer, product: tf.Tensor) => tf.Tensor
  readonly dropout: (units: tf.Tensor) => tf.Tensor
}

/**
 * The features of images: [images, pixels], brightness from 0 to 1, to [images, embedding size]. Batch norm goes by its
 * moving averages, and no unit is left out.
 */
export function encode(network: Network, images: tf.Tensor2D): tf.Tensor2D {
  return passThrough(network, images, {
    settle: (layer, product) => settleByAverages(network, layer, product),
    dropout: units => units,
  })
}

export function passThrough(network: Network, images: tf.Tensor2D, pass: Pass): tf.Tensor2D {
  const { height, width, channels } = network.spec
  const layers = layersOf(network.spec)
  const isFlat = layers[0]?.kind === 'flatten'
  const input = isFlat ? images : tf.reshape(images, [-1, height, width, channels])
  return layers.reduce((x, layer) => through(network, layer, x, pass), input as tf.Tensor) as tf.Tensor2D
}

function through(network: Network, layer: Layer, x: tf.Tensor, pass: Pass): tf.Tensor {
  switch (layer.kind) {
    case 'dense':
    case 'conv': {
      const settled = pass.settle(layer, productOf(network, layer, x))
      return layer.relu ? tf.relu(settled) : settled
    }
    case 'normalise':
      return tf.div(tf.sub(x, tf.tensor1d([...layer.mean])), tf.tensor1d([...layer.deviation]))
    case 'max-pool':
      return tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid')
    case 'mean-pool':
      return tf.mean(x, [1, 2])
    case 'flatten':
      return x.rank === 2 ? x : tf.reshape(x, [-1, layer.outputs])
    case 'dropout':
      return pass.dropout(x)
    case 'residual': {
      const main = layer.main.reduce((y, one) => through(network, one, y, pass), x)
      const around = layer.shortcut === undefined ? x : through(network, layer.shortcut, x, pass)
      return tf.relu(tf.add(main, around))
    }
    default:
      return layer satisfies never
  }
}

function productOf({ tensors }: Network, layer: DenseLayer | ConvLayer, x: tf.Tensor): tf.Tensor {
  const kernel = tensorOf(tensors, `${layer.name}.kernel`)
  if (layer.kind === 'dense') return tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D)
  return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, layer.stride, 'same')
}

/** Bias, or batch norm by its moving averages. */
export function settleByAverages(
  { tensors }: Network,
  layer: DenseLayer | ConvLayer,
  product: tf.Tensor,
): tf.Tensor {
  const of = (part: string): tf.Tensor => tensorOf(tensors, `${layer.name}.${part}`)
  if (!layer.batchNorm) return tf.add(product, of('bias'))
  return tf.add(tf.mul(tf.sub(product, of('mean')), factorOf(of)), of('shift'))
}

/** What batch norm by moving averages multiplies each channel by. */
const factorOf = (of: (part: string) => tf.Tensor): tf.Tensor =>
  tf.mul(of('scale'), tf.rsqrt(tf.add(of('variance'), batchNormEpsilon)))

/** Kernel and bias that do what the layer does in inference, batch norm and all. The caller disposes of them. */
export function settledWeights(
  { tensors }: Network,
  layer: DenseLayer | ConvLayer,
): { kernel: tf.Tensor; bias: tf.Tensor } {
  const of = (part: string): tf.Tensor => tensorOf(tensors, `${layer.name}.${part}`)
  if (!layer.batchNorm) return { kernel: tf.clone(of('kernel')), bias: tf.clone(of('bias')) }
  return tf.tidy(() => {
    const factor = factorOf(of)
    return { kernel: tf.mul(of('kernel'), factor), bias: tf.sub(of('shift'), tf.mul(of('mean'), factor)) }
  })
}
