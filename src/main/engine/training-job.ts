import type { Evaluated } from '../../shared/contract/evaluations.ts'
import { TwinlensError } from '../../shared/errors.ts'
import type { Hyperparameters } from '../../shared/hyperparameters.ts'
import { checkTrainable, type DataSet } from './data/data-set.ts'
import { embed } from './embedding/embed.ts'
import { measureQuality } from './embedding/quality.ts'
import {
  checkEvaluation,
  type DividedImages,
  divideForTraining,
  type EvaluatedBefore,
  Evaluator,
} from './evaluator.ts'
import { assertCreatable } from './runs/atomic-folder.ts'
import { Checkpoints } from './runs/checkpoints.ts'
import { type Progress, type TrainingConfig, trainingFolder } from './runs/interrupted.ts'
import { assertRoom, needsOf, roomAt } from './runs/room.ts'
import type { RunEvaluation } from './runs/run-evaluations.ts'
import { type Run, saveRun } from './runs/run-folder.ts'
import type { RunMoment } from './runs/run-moments.ts'
import { savedQuality } from './runs/saved-quality.ts'
import type { WarmStart } from './runs/warm-start.ts'
import { SafeTraining, type TrainingEvent } from './safe-training.ts'
import type { BackendReport } from './tensorflow/backends.ts'
import { handBack } from './tensorflow/gpu-choice.ts'
import { configOf, reported } from './training-config.ts'
import { disposeNetwork, type Network, readNetwork, toNetwork } from './twin/network/network.ts'
import { specOf } from './twin/network/network-spec.ts'
import { countWeights, type NetworkValues } from './twin/network/network-values.ts'
import { diverged } from './twin/trainer.ts'

/** Everything one training needs. */
export interface TrainingJob {
  readonly data: DataSet
  readonly hyperparameters: Hyperparameters
  /** As `openBackend` reported it. */
  readonly backend: BackendReport
  readonly name: string
  /** Where the run is saved. It must not exist yet. */
  readonly folder: string
  /** Asked before each iteration: whether to tell of it before the next, however short it was. */
  readonly singleSteps?: () => boolean
  /** Asked at the end: what was kept of the way, oldest first, to be saved with the run. */
  readonly moments?: () => readonly RunMoment[]
  /** Iterations between two checkpoints; by time in any case. */
  readonly checkpointEvery?: number | undefined
  /** Whose weights it begins with; drawn from the seed if left out. */
  readonly warmStart?: WarmStart | undefined
  /** Where an earlier training of the same job left off; from the start if left out. */
  readonly progress?: Progress | undefined
  /** Asked after each batch of losses: whether to keep a checkpoint now, whatever the time. */
  readonly keepNow?: () => boolean
  /** Awaited before the next iteration, when what is to be kept of this one is on its way: a pause. */
  readonly rest?: () => Promise<void>
  /**
   * Whether the saved run keeps what its training would go on from, if left out. It is two thirds of a run's size, 22 of 30 MB
   * for the default job.
   */
  readonly keepState?: boolean
}

/**
 * What a job tells while it works: the backend it is trained on, losses, then each stage as it begins, then the saved run.
 * With the losses come the network as it is: it may be read until the next event is asked for.
 */
export type JobEvent =
  | TrainingEvent
  /** One more measurement of the way, and what all of them come to. */
  | { readonly kind: 'evaluation'; readonly evaluation: RunEvaluation; readonly summary: Evaluated }
  /** Something that a person should know, and that does not end the training. */
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'stage'; readonly stage: 'embedding' | 'measuring' | 'saving' }
  | { readonly kind: 'done'; readonly run: Run; readonly folder: string }

/**
 * The default job, start to end: train, embed both parts, measure, save. An abort ends the training after the
 * iteration under way; what was learned is embedded, measured and saved all the same.
 * @throws invalid-input: data that cannot be paired, a folder that exists, a training that diverges;
 *   cancelled: aborted before the first iteration was done; disk-full, bad-file: it cannot be saved;
 *   out-of-memory: the network alone needs more than there is
 */
export async function* runJob(job: TrainingJob, signal: AbortSignal): AsyncGenerator<JobEvent, void> {
  const { data, folder, progress } = job
  checkEvaluation(job.hyperparameters)
  const images = divideForTraining(data, job.hyperparameters)
  checkTrainable(images.learned, data.classes)
  await assertCreatable(folder)
  const weights = countWeights(specOf(job.hyperparameters, data.train))
  const features = (data.train.count + data.test.count) * job.hyperparameters.embeddingSize
  assertRoom(folder, needsOf(weights, features, job.keepState !== false), await roomAt(folder))
  const config = configOf(job)
  const checkpoints = new Checkpoints(trainingFolder(folder), config, progress?.state.iteration ?? 0)
  await checkpoints.begin()
  let saving = false
  try {
    for await (const event of trainAndSave(job, images, config, checkpoints, signal)) {
      saving ||= event.kind === 'stage' && event.stage === 'saving'
      yield event
    }
    await checkpoints.remove()
  } catch (error) {
    // What diverges would do so again, and nothing was learned yet by what was cancelled. What cannot be saved is not lost.
    const isOver =
      !saving && error instanceof TwinlensError && ['invalid-input', 'cancelled'].includes(error.kind)
    if (isOver) await checkpoints.remove()
    throw error
  } finally {
    await checkpoints.release()
  }
}

async function* trainAndSave(
  job: TrainingJob,
  images: DividedImages,
  config: TrainingConfig,
  checkpoints: Checkpoints,
  signal: AbortSignal,
): AsyncGenerator<JobEvent, void> {
  const { data, hyperparameters, folder, progress } = job
  const { seed, iterations } = hyperparameters
  const training = new SafeTraining({
    ...job,
    images: images.learned,
    warmFrom: job.warmStart?.network,
    from: progress?.state,
  })
  const evaluator = new Evaluator(hyperparameters, images, evaluatedBefore(progress))
  const over = new AbortController()
  try {
    const losses = new Float32Array(iterations)
    losses.set(progress?.losses ?? [])
    const before = progress?.state.iteration ?? 0
    let done = before
    let started = performance.now()
    const trainingSecondsNow = (): number =>
      (progress?.trainingSeconds ?? 0) + (performance.now() - started) / 1000
    const momentsNow = (): readonly RunMoment[] =>
      (job.moments?.() ?? progress?.moments ?? []).filter(({ iteration }) => iteration <= done)
    for await (const event of training.run(AbortSignal.any([signal, over.signal]))) {
      if (event.kind === 'losses') {
        losses.set(event.losses, event.firstIteration - 1)
        done = event.firstIteration - 1 + event.losses.length
      } else if (done === before) started = performance.now()
      yield event
      if (event.kind === 'losses' && evaluator.isDue(done)) {
        const evaluation = await training.look(network => evaluator.evaluate(network, done))
        const { summary } = evaluator
        if (evaluation !== undefined && summary !== undefined)
          yield { kind: 'evaluation', evaluation, summary }
        if (evaluator.isOver) over.abort()
      }
      const mayKeep = event.kind === 'losses' && done < iterations && !over.signal.aborted
      if (mayKeep && (checkpoints.isDue(done) || job.keepNow?.())) {
        const asked = performance.now()
        const state = await training.state()
        const { evaluations, best } = evaluator
        const soFar = {
          losses: losses.slice(0, done),
          trainingSeconds: trainingSecondsNow(),
          evaluations: [...evaluations],
          best,
          moments: momentsNow(),
        }
        if (state !== undefined) await checkpoints.keep({ state, ...soFar }, performance.now() - asked)
      }
      const message = checkpoints.takeFault()
      if (message !== undefined) yield { kind: 'warning', message }
      if (event.kind === 'losses') await job.rest?.()
    }
    const trainingSeconds = trainingSecondsNow()
    if (done === 0) throw new TwinlensError('cancelled', 'Training was stopped before its first iteration.')
    yield { kind: 'stage', stage: 'embedding' }
    const trainedOn = training.report
    const { trainPoints, testPoints, network } = await training.withNetwork(last =>
      place(data, last, evaluator.best),
    )
    const state = job.keepState === false ? undefined : await training.state()
    if (training.report !== trainedOn) yield training.news()
    const backend = training.report
    // What follows is measured, and whoever goes on with the run computes, on the backend that was opened.
    training.dispose()
    await handBack(job.backend)
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
    const { checkpointEvery: _, ...asked } = config
    const { summary } = evaluator
    const run: Run = {
      config: {
        ...asked,
        created: new Date().toISOString(),
        backend: reported(backend),
        ...(summary === undefined ? {} : { evaluated: summary }),
        iterations: done,
        trainingSeconds,
        quality: savedQuality(quality),
      },
      losses: losses.slice(0, done),
      network,
      train: trainPoints,
      test: testPoints,
      evaluations: [...evaluator.evaluations],
      moments: momentsNow().filter(({ iteration }) => iteration < done),
      ...(state === undefined ? {} : { state }),
    }
    await saveRun(folder, run)
    yield { kind: 'done', run, folder }
  } finally {
    training.dispose()
    await handBack(job.backend)
  }
}

/** Where all images fall by the best network, if one was chosen, or else by the last one. */
async function place({ train, test }: DataSet, last: Network, best: NetworkValues | undefined) {
  const current = best === undefined ? last : toNetwork(best)
  try {
    return {
      trainPoints: { embedding: await embed(current, train), labels: train.labels },
      testPoints: { embedding: await embed(current, test), labels: test.labels },
      network: best ?? (await readNetwork(last)),
    }
  } finally {
    if (best !== undefined) disposeNetwork(current)
  }
}

const evaluatedBefore = ({ evaluations = [], best }: Partial<Progress> = {}): EvaluatedBefore => ({
  evaluations,
  best,
})
