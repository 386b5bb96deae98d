import * as tf from '@tensorflow/tfjs-core'
import type { Values } from '../../tensorflow/graph/graph-session.ts'
import { Random } from '../random.ts'
import { batchNormEpsilon, passThrough, settleByAverages } from './forward.ts'
import { type ConvLayer, type DenseLayer, layersOf } from './layers.ts'
import { type Network, tensorOf } from './network.ts'
import type { NetworkSpec } from './network-spec.ts'

/** Share of a moving average that each batch leaves as it was: as PyTorch has it. */
export const averageKept = 0.9

/** What a batch is like, for the moving averages: each kept tensor by the name of its average. */
export type BatchStatistics = Map<string, tf.Tensor>

/**
 * The features of a batch as a training has them: batch norm goes by this batch's own mean and variance (Ioffe and
 * Szegedy, "Batch normalization", ICML 2015), and units are left out at random, the others scaled up in turn (Srivastava
 * and others, "Dropout", JMLR 2014).
 * @param images [images, pixels], brightness from 0 to 1
 * @param dropout as `dropoutFactors` gives them
 * @param frozen names of layers that are as in inference: batch norm goes by its moving averages, which stay
 * @param statistics gets the batch's own, by a variance without bias; the caller disposes of them
 */
export function encodeInTraining(
  network: Network,
  images: tf.Tensor2D,
  { dropout, frozen }: { readonly dropout: Values | undefined; readonly frozen: ReadonlySet<string> },
  statistics: BatchStatistics,
): tf.Tensor2D {
  return passThrough(network, images, {
    settle: (layer, product) =>
      frozen.has(layer.name)
        ? settleByAverages(network, layer, product)
        : settleByBatch(network, layer, product, statistics),
    dropout: units =>
      dropout === undefined ? units : tf.mul(units, tf.tensor(dropout.values, [...dropout.shape])),
  })
}

/**
 * The factors of the units of a batch of so many images: 0 for one that is left out, 1 / (1 - rate) for the others.
 * They are drawn from the seed and the iteration alone. Undefined where the network leaves none out.
 */
export function dropoutFactors(
  spec: NetworkSpec,
  images: number,
  seed: number,
  iteration: number,
): Values | undefined {
  const layers = layersOf(spec)
  const at = layers.findIndex(({ kind }) => kind === 'dropout')
  const next = layers[at + 1]
  if (at < 0 || next?.kind !== 'dense') return undefined
  const random = Random.seeded(seed, 'dropout', iteration)
  const values = new Float32Array(images * next.inputs)
  const kept = 1 / (1 - spec.dropout)
  for (let i = 0; i < values.length; i++) values[i] = random.uniform() < spec.dropout ? 0 : kept
  return { values, shape: [images, next.inputs] }
}

function settleByBatch(
  { tensors }: Network,
  { name, batchNorm }: DenseLayer | ConvLayer,
  product: tf.Tensor,
  statistics: BatchStatistics,
): tf.Tensor {
  const of = (part: string): tf.Tensor => tensorOf(tensors, `${name}.${part}`)
  if (!batchNorm) return tf.add(product, of('bias'))
  const axes = product.shape.map((_, axis) => axis).slice(0, -1)
  const count = axes.reduce((sum, axis) => sum * (product.shape[axis] as number), 1)
  const mean = tf.mean(product, axes)
  const centred = tf.sub(product, mean)
  const variance = tf.mean(tf.square(centred), axes)
  statistics.set(`${name}.mean`, tf.keep(tf.clone(mean)))
  statistics.set(`${name}.variance`, tf.keep(tf.mul(variance, count / Math.max(1, count - 1))))
  return tf.add(
    tf.mul(centred, tf.mul(of('scale'), tf.rsqrt(tf.add(variance, batchNormEpsilon)))),
    of('shift'),
  )
}
