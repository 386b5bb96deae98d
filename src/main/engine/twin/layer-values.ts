import * as tf from '@tensorflow/tfjs-core'
import type { Layer, LayerValues } from './encoder.ts'

/** Copies layers out of TensorFlow. */
export async function readLayers(layers: readonly Layer[]): Promise<LayerValues[]> {
  return Promise.all(
    layers.map(async ({ kernel, bias }) => ({
      inputs: kernel.shape[0],
      outputs: kernel.shape[1],
      kernel: await kernel.data<'float32'>(),
      bias: await bias.data<'float32'>(),
    })),
  )
}

/** Copies layers into TensorFlow. The caller frees them with `tf.dispose`. */
export function toLayers(values: readonly LayerValues[]): Layer[] {
  return values.map(({ inputs, outputs, kernel, bias }) => ({
    kernel: tf.tensor2d(kernel, [inputs, outputs]),
    bias: tf.tensor1d(bias),
  }))
}
