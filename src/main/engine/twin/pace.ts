import { samplerOf } from './objective/objective.ts'
import { Random } from './random.ts'
import { createTrainStep, type TrainStepSettings } from './train-step.ts'
import { train } from './trainer.ts'

/** How long is measured, ms, and how many iterations go before: the first ones compile and allocate. */
const measuredMs = 1000
const warmUp = 2

/**
 * How long one iteration takes on the current backend, in ms: a training is begun and thrown away.
 * @param signal ends it early, and the figure is worth nothing then
 */
export async function msPerIteration(
  settings: TrainStepSettings,
  batchSize: number,
  signal: AbortSignal,
): Promise<number> {
  // Nothing is learned, so nothing can diverge.
  const step = createTrainStep({ ...settings, learningRate: 0 })
  try {
    const batches = samplerOf(settings, settings.images.labels, Random.seeded(0, 'pairs'))
    for await (const _ of train(step, batches, { batchSize, iterations: warmUp }, signal));
    const end = new AbortController()
    const either = AbortSignal.any([signal, end.signal])
    const started = performance.now()
    let iterations = 0
    for await (const { losses } of train(step, batches, { batchSize, iterations: 1e9 }, either)) {
      iterations += losses.length
      if (performance.now() - started >= measuredMs) end.abort()
    }
    return (performance.now() - started) / iterations
  } finally {
    step.dispose()
  }
}
