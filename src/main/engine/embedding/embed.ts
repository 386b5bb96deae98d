import * as tf from '@tensorflow/tfjs-core'
import { TwinlensError } from '../../../shared/errors.ts'
import { gatherPixels, type LabelledImages } from '../data/data-set.ts'
import { encode, type Layer } from '../twin/encoder.ts'

/** Points in feature space, `values` [count, size] row by row. */
export interface Embedding {
  readonly values: Float32Array
  readonly count: number
  readonly size: number
}

/** An embedding with the class of each point, [count]. */
export interface LabelledEmbedding {
  readonly embedding: Embedding
  readonly labels: Uint16Array
}

/** Images a forward pass takes at once: large enough for the products to run at full speed, small enough to yield. */
const batchSize = 1000

/** The features of every image. @throws cancelled */
export async function embed(
  layers: readonly Layer[],
  images: LabelledImages,
  signal?: AbortSignal,
): Promise<Embedding> {
  const size = (layers.at(-1) as Layer).bias.shape[0]
  const values = new Float32Array(images.count * size)
  for (let start = 0; start < images.count; start += batchSize) {
    if (signal?.aborted === true) throw new TwinlensError('cancelled', 'The embedding was cancelled.')
    const count = Math.min(batchSize, images.count - start)
    const indices = Int32Array.from({ length: count }, (_, i) => start + i)
    const features = tf.tidy(() => {
      const rows = tf.tensor2d(gatherPixels(images, indices), [count, images.height * images.width])
      return encode(layers, rows)
    })
    values.set(await features.data<'float32'>(), start * size)
    features.dispose()
    await new Promise(resolve => setImmediate(resolve))
  }
  return { values, count: images.count, size }
}
