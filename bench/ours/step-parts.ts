import * as tf from '@tensorflow/tfjs-core'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import type { TrainStepSettings } from '../../src/main/engine/twin/train-step.ts'
import { iterationProducts } from './products.ts'

/** tfjs-node's native module, through which an iteration's graph is run: it waits there for TensorFlow. */
interface Binding {
  runSavedModel(...rest: readonly unknown[]): unknown
}

/** ms of an iteration's parts, the mean over a turn. They are what is left when more of the graph is asked for. */
export interface StepParts {
  /** Iterations as a training does them. */
  readonly total: number
  /** Inside TensorFlow. */
  readonly tensorflow: number
  /** Loss and gradients without learning, inside TensorFlow. */
  readonly gradients: number
  /** The eight products alone. */
  readonly products: number
}

/** A step whose parts can be timed, in turn, for about so long each. */
export function stepParts(
  settings: TrainStepSettings,
  batchSize: number,
): (turnMs: number) => Promise<StepParts> {
  const { images, initial } = settings
  const pairs = new PairSampler(images.labels, Random.seeded(1, 'pairs'))
  const step = new NativeTrainStep(settings)
  const sizes = [images.height * images.width, ...initial.spec.hiddenSizes, initial.spec.embeddingSize]
  const products = iterationProducts({ rows: 2 * batchSize, sizes })
  const iterate = (): void => step.run(pairs.draw(batchSize)).dispose()
  const differentiate = (): void => {
    const { loss, gradients } = step.differentiate(pairs.draw(batchSize))
    tf.dispose([loss, ...gradients])
  }
  return async turnMs => {
    const whole = await timed(turnMs, iterate)
    const withoutLearning = await timed(turnMs, differentiate)
    const floor = await timed(turnMs, products)
    return {
      total: whole.total,
      tensorflow: whole.inside,
      gradients: withoutLearning.inside,
      products: floor.inside,
    }
  }
}

/** ms each time: in all, and inside TensorFlow. */
async function timed(
  ms: number,
  work: () => void | Promise<void>,
): Promise<{ total: number; inside: number }> {
  const backend = tf.backend() as unknown as { binding: Binding }
  const { binding } = backend
  let inside = 0
  let done = 0
  const runSavedModel: Binding['runSavedModel'] = (...rest) => {
    const started = performance.now()
    const result = binding.runSavedModel(...rest)
    inside += performance.now() - started
    return result
  }
  // A native module's own functions cannot be replaced.
  backend.binding = Object.create(binding, { runSavedModel: { value: runSavedModel } }) as Binding
  const started = performance.now()
  try {
    do {
      await work()
      done++
    } while (performance.now() - started < ms)
    return { total: (performance.now() - started) / done, inside: inside / done }
  } finally {
    backend.binding = binding
  }
}
