import * as tf from '@tensorflow/tfjs-core'
import { invalidInput, type TwinlensError } from '../../../shared/errors.ts'
import type { BatchSampler } from './objective/class-batch.ts'
import type { TrainStep } from './train-step.ts'

/** Losses of consecutive iterations, the first of them numbered `firstIteration` (counted from 1). */
export interface LossBatch {
  readonly firstIteration: number
  readonly losses: Float32Array
}

/**
 * TensorFlow's ops hold the thread, so Stop and other messages are read only between slices: this long at most (ms),
 * or one iteration where that takes longer.
 */
const sliceMs = 15

export interface TrainTask {
  /** Pairs or images an iteration. */
  readonly batchSize: number
  /** Number of the last one. */
  readonly iterations: number
  /** Number of the first one, where an earlier training goes on; 1 if left out. */
  readonly firstIteration?: number
  /** Whether the slice under way ends after this iteration. */
  readonly singleSteps?: (() => boolean) | undefined
  /** A slice ends after each of its multiples; 0 or left out: wherever its time is over. */
  readonly pauseEvery?: number
}

/**
 * The training loop. Yields the losses of each slice, read back together so that a GPU's queue is drained once a slice
 * and not once an iteration. Whoever consumes it pauses training by not asking for more.
 * An abort ends it after the iteration under way; what was learned stays in the step.
 * @throws invalid-input when the loss is no longer a finite number
 */
export async function* train(
  step: TrainStep,
  batches: BatchSampler,
  task: TrainTask,
  signal: AbortSignal,
): AsyncGenerator<LossBatch, void> {
  let iteration = task.firstIteration ?? 1
  const { pauseEvery = 0 } = task
  const mayGoOn = (): boolean =>
    iteration <= task.iterations &&
    (pauseEvery === 0 || (iteration - 1) % pauseEvery !== 0) &&
    task.singleSteps?.() !== true
  while (iteration <= task.iterations && !signal.aborted) {
    const firstIteration = iteration
    const unread: tf.Scalar[] = []
    const sliceEnd = performance.now() + sliceMs
    do {
      unread.push(step.run(batches.draw(task.batchSize)))
      iteration++
    } while (mayGoOn() && performance.now() < sliceEnd)
    const losses = await readScalars(unread)
    checkFinite(losses, firstIteration)
    yield { firstIteration, losses }
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Reads and frees scalars, all in one transfer: [scalars]. */
async function readScalars(scalars: tf.Scalar[]): Promise<Float32Array> {
  const together = tf.stack(scalars)
  const values = await together.data<'float32'>()
  tf.dispose([...scalars, together])
  return values
}

/** @param sign how it shows, without a full stop */
export const diverged = (sign: string): TwinlensError =>
  invalidInput(`${sign}: training diverged. Try a smaller learning rate or margin.`)

function checkFinite(losses: Float32Array, firstIteration: number): void {
  const bad = losses.findIndex(loss => !Number.isFinite(loss))
  if (bad >= 0) {
    throw diverged(`The loss was no longer a number at iteration ${firstIteration + bad}`)
  }
}
