import * as tf from '@tensorflow/tfjs-core'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import type { LabelledImages } from '../data/data-set.ts'
import { embed } from '../embedding/embed.ts'
import { initialLayers } from '../twin/encoder.ts'
import { toLayers } from '../twin/layer-values.ts'
import type { LivePoints } from './live-embedding.ts'

/**
 * Where a training begins: the images as the network has them before its first iteration. Made from the seed once more,
 * and after that iteration, so that nobody waits for the first loss because of it.
 */
export async function embedBeginning(
  images: LabelledImages,
  { hiddenSizes, embeddingSize, seed }: Hyperparameters,
): Promise<LivePoints> {
  const inputSize = images.height * images.width
  const layers = toLayers(initialLayers({ inputSize, hiddenSizes, embeddingSize }, seed))
  try {
    return { embedding: await embed(layers, images), iteration: 0, oldestIteration: 0 }
  } finally {
    tf.dispose(layers.flatMap(({ kernel, bias }) => [kernel, bias]))
  }
}
