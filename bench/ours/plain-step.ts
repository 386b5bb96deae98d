import * as tf from '@tensorflow/tfjs-core'
import { gatherPixels } from '../../src/main/engine/data/data-set.ts'
import { contrastiveLoss } from '../../src/main/engine/twin/contrastive-loss.ts'
import { encode } from '../../src/main/engine/twin/encoder.ts'
import type { PairBatch } from '../../src/main/engine/twin/pairs.ts'
import type { TrainStepSettings } from '../../src/main/engine/twin/train-step.ts'
import { adamEpsilon } from '../../src/shared/hyperparameters.ts'

/** What somebody writes with TensorFlow.js alone: its automatic differentiation and its Adam. */
export function plainStep({ images, initial, margin, ...adam }: TrainStepSettings): {
  run(pairs: PairBatch): tf.Scalar
} {
  const layers = initial.map(({ inputs, outputs, kernel, bias }) => ({
    kernel: tf.variable(tf.tensor2d(kernel, [inputs, outputs])),
    bias: tf.variable(tf.tensor1d(bias)),
  }))
  const optimizer = tf.train.adam(
    adam.learningRate,
    adam.gradientDecay,
    adam.squaredGradientDecay,
    adamEpsilon,
  )
  const rows = (indices: Int32Array): tf.Tensor2D =>
    tf.tensor2d(gatherPixels(images, indices), [indices.length, images.height * images.width])
  return {
    run: pairs => {
      const loss = optimizer.minimize(
        () =>
          contrastiveLoss(
            encode(layers, rows(pairs.first)),
            encode(layers, rows(pairs.second)),
            tf.tensor1d(Float32Array.from(pairs.similar)),
            margin,
          ),
        true,
      )
      if (loss === null) throw new Error('TensorFlow.js returned no loss.')
      return loss
    },
  }
}
