import * as tf from '@tensorflow/tfjs-core'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import type { ScheduleSettings } from '../../../shared/learning-rate.ts'
import type { LabelledImages } from '../data/data-set.ts'
import type { AdamSettings, AdamState } from './adam.ts'
import type { Augmentation } from './augmentation/augment.ts'
import type { Network } from './network/network.ts'
import type { NetworkValues } from './network/network-values.ts'
import type { Batch } from './objective/class-batch.ts'
import type { ObjectiveSettings } from './objective/objective.ts'
import { GenericTrainStep } from './train-step.generic.ts'
import { NativeTrainStep } from './train-step.native.ts'

/** What a step learns from and how. */
export interface TrainStepSettings
  extends AdamSettings,
    Augmentation,
    ObjectiveSettings,
    ScheduleSettings,
    Pick<Hyperparameters, 'freeze'> {
  readonly images: LabelledImages
  readonly initial: NetworkValues
  /** Where Adam goes on; from the start if left out. */
  readonly adam?: AdamState | undefined
  readonly seed: number
}

/** All that a step has learned, outside TensorFlow: another step goes on from it. */
export interface StepState {
  readonly network: NetworkValues
  readonly adam: AdamState
}

/** One iteration of training: forward, loss, gradients, Adam. Holds the weights while a training lasts. */
export interface TrainStep {
  /** Learns from one batch. The loss comes back unread, so that nothing waits for it; the caller disposes of it. */
  run(batch: Batch): tf.Scalar
  /** The loss and the gradient of each learned tensor in turn, without learning. The caller disposes of them. */
  differentiate(batch: Batch): { loss: tf.Scalar; gradients: tf.Tensor[] }
  /** The network as it is now, for embedding; owned by the step. */
  network(): Network
  /** A copy of what it has learned: another step, in another process too, goes on from it to the last bit. */
  state(): Promise<StepState>
  /** Frees every tensor the step holds. */
  dispose(): void
}

/**
 * The step for this training: the one place that chooses between implementations. Raw ops are TensorFlow's own, so the
 * native step needs its library; it equals `train-step.generic.ts`, which is the specification and runs everywhere.
 */
export function createTrainStep(settings: TrainStepSettings): TrainStep {
  return tf.getBackend() === 'tensorflow' ? new NativeTrainStep(settings) : new GenericTrainStep(settings)
}
