import * as tf from '@tensorflow/tfjs-core'
import { gatherPixels } from '../../src/main/engine/data/data-set.ts'
import { contrastiveLoss } from '../../src/main/engine/twin/contrastive-loss.ts'
import { encode } from '../../src/main/engine/twin/network/forward.ts'
import type { PairBatch } from '../../src/main/engine/twin/pairs.ts'
import type { TrainStepSettings } from '../../src/main/engine/twin/train-step.ts'
import { adamEpsilon } from '../../src/shared/hyperparameters.ts'

/** What somebody writes with TensorFlow.js alone: its automatic differentiation and its Adam. */
export function plainStep({ images, initial, margin, ...adam }: TrainStepSettings): {
  run(pairs: PairBatch): tf.Scalar
} {
  const variables = initial.tensors.map(
    ({ name, shape, values }) => [name, tf.variable(tf.tensor(values, [...shape]))] as const,
  )
  const network = { spec: initial.spec, tensors: Object.fromEntries(variables) }
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
            encode(network, rows(pairs.first)),
            encode(network, rows(pairs.second)),
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
