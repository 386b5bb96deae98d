import { TwinlensError } from '../../shared/errors.ts'
import type { Hyperparameters } from '../../shared/hyperparameters.ts'
import { checkTrainable, type DataSet, fingerprint } from './data/data-set.ts'
import { embed } from './embedding/embed.ts'
import { measureQuality, type Quality } from './embedding/quality.ts'
import { assertCreatable } from './runs/atomic-folder.ts'
import { type SavedQuality, schemaVersion } from './runs/run-config.ts'
import { type Run, saveRun } from './runs/run-folder.ts'
import type { BackendReport } from './tensorflow/backends.ts'
import { initialLayers, type Layer } from './twin/encoder.ts'
import { readLayers } from './twin/layer-values.ts'
import { PairSampler } from './twin/pairs.ts'
import { Random } from './twin/random.ts'
import { createTrainStep } from './twin/train-step.ts'
import { diverged, type LossBatch, train } from './twin/trainer.ts'

/** Everything one training needs. */
export interface TrainingJob {
  readonly data: DataSet
  readonly hyperparameters: Hyperparameters
  readonly backend: BackendReport
  readonly name: string
  /** Where the run is saved. It must not exist yet. */
  readonly folder: string
  /** Asked before each iteration: whether to tell of it before the next, however short it was. */
  readonly singleSteps?: () => boolean
}

/**
 * What a job tells while it works: losses, then each stage as it begins, then the saved run. With the losses come the
 * layers as they are: they may be read until the next event is asked for.
 */
export type JobEvent =
  | ({ readonly kind: 'losses'; readonly layers: readonly Layer[] } & LossBatch)
  | { readonly kind: 'stage'; readonly stage: 'embedding' | 'measuring' | 'saving' }
  | { readonly kind: 'done'; readonly run: Run; readonly folder: string }

/**
 * The default job, start to end: train, embed both parts, measure, save. An abort ends the training after the
 * iteration under way; what was learned is embedded, measured and saved all the same.
 * @throws invalid-input: data that cannot be paired, a folder that exists, a training that diverges;
 *   cancelled: aborted before the first iteration was done; disk-full, bad-file: it cannot be saved
 */
export async function* runJob(job: TrainingJob, signal: AbortSignal): AsyncGenerator<JobEvent, void> {
  const { data, hyperparameters, backend, folder } = job
  checkTrainable(data.train, data.classes)
  await assertCreatable(folder)
  const { hiddenSizes, embeddingSize, seed, iterations } = hyperparameters
  const inputSize = data.train.height * data.train.width
  const initial = initialLayers({ inputSize, hiddenSizes, embeddingSize }, seed)
  const step = createTrainStep({ ...hyperparameters, images: data.train, initial })
  try {
    const losses = new Float32Array(iterations)
    let done = 0
    const started = performance.now()
    const sampler = new PairSampler(data.train.labels, Random.seeded(seed, 'pairs'))
    for await (const batch of train(
      step,
      sampler,
      { ...hyperparameters, singleSteps: job.singleSteps },
      signal,
    )) {
      losses.set(batch.losses, batch.firstIteration - 1)
      done = batch.firstIteration - 1 + batch.losses.length
      yield { kind: 'losses', layers: step.layers(), ...batch }
    }
    const trainingSeconds = (performance.now() - started) / 1000
    if (done === 0) throw new TwinlensError('cancelled', 'Training was stopped before its first iteration.')
    yield { kind: 'stage', stage: 'embedding' }
    const trainPoints = { embedding: await embed(step.layers(), data.train), labels: data.train.labels }
    const testPoints = { embedding: await embed(step.layers(), data.test), labels: data.test.labels }
    // The last update comes after the last loss.
    if (
      !trainPoints.embedding.values.every(Number.isFinite) ||
      !testPoints.embedding.values.every(Number.isFinite)
    ) {
      throw diverged('The features are no longer numbers')
    }
    yield { kind: 'stage', stage: 'measuring' }
    const quality = await measureQuality(trainPoints, testPoints, seed)
    yield { kind: 'stage', stage: 'saving' }
    const run: Run = {
      config: {
        schemaVersion,
        name: job.name,
        created: new Date().toISOString(),
        hyperparameters,
        data: {
          name: data.name,
          source: data.source,
          classes: [...data.classes],
          height: data.train.height,
          width: data.train.width,
          fingerprint: fingerprint(data),
        },
        backend: {
          backend: backend.backend,
          description: backend.description,
          tensorflow: backend.tensorflow,
          device: backend.device,
        },
        iterations: done,
        trainingSeconds,
        quality: savedQuality(quality),
      },
      losses: losses.slice(0, done),
      layers: await readLayers(step.layers()),
      train: trainPoints,
      test: testPoints,
    }
    await saveRun(folder, run)
    yield { kind: 'done', run, folder }
  } finally {
    step.dispose()
  }
}

function savedQuality({ knnAccuracy, precisionAt9, verification }: Quality): SavedQuality {
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
  return {
    knnAccuracy: orNull(knnAccuracy),
    precisionAt9: orNull(precisionAt9),
    auc: orNull(verification.auc),
    eer: orNull(verification.eer),
    eerThreshold: orNull(verification.eerThreshold),
  }
}
