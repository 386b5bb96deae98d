import * as tf from '@tensorflow/tfjs-core'

/** Whether TensorFlow itself computes on a GPU (CUDA). Its products may round what they multiply to 11 bits there (TF32). */
export const usesGpu = (): boolean =>
  (tf.backend() as unknown as { readonly isUsingGpuDevice?: boolean }).isUsingGpuDevice === true
