import * as tf from '@tensorflow/tfjs-core'
import { invalidInput } from '../../../shared/errors.ts'
import type { PreparedImage } from '../data/preprocess.ts'
import { embed } from '../embedding/embed.ts'
import { nearestFlat } from '../embedding/nearest.flat.ts'
import { type Neighbours, pointAt } from '../embedding/nearest.ts'
import { toLayers } from '../twin/layer-values.ts'
import type { Run } from './run-folder.ts'

/** The nearest other test images of test image `index`. @throws invalid-input: no such image */
export function searchByIndex(run: Run, index: number, count: number): Neighbours {
  const gallery = run.test.embedding
  if (!Number.isInteger(index) || index < 0 || index >= gallery.count) {
    throw invalidInput(`There is no test image ${index}: they are numbered from 0 to ${gallery.count - 1}.`)
  }
  return nearestFlat(gallery, pointAt(gallery, index), count, index)
}

/** Where a prepared image falls, [embedding size], and the nearest test images. A backend must be open. */
export async function searchByImage(
  run: Run,
  image: PreparedImage,
  count: number,
): Promise<{ point: Float32Array; neighbours: Neighbours }> {
  const { height, width } = run.config.data
  const layers = toLayers(run.layers)
  try {
    const one = { pixels: image.pixels, labels: new Uint16Array(1), count: 1, height, width }
    const point = (await embed(layers, one)).values
    return { point, neighbours: nearestFlat(run.test.embedding, point, count) }
  } finally {
    tf.dispose(layers.flatMap(({ kernel, bias }) => [kernel, bias]))
  }
}
