import type { Hyperparameters } from '../../shared/hyperparameters.ts'
import type { LabelledImages } from './data/data-set.ts'
import type { BackendReport } from './tensorflow/backends.ts'
import { chooseFor, stepDown } from './tensorflow/gpu-choice.ts'
import { GpuLost, unlessGpuLost } from './tensorflow/gpu-loss.ts'
import { isAugmented } from './twin/augmentation/augment.ts'
import { checkFreeze } from './twin/network/freeze.ts'
import type { Network } from './twin/network/network.ts'
import type { NetworkValues } from './twin/network/network-values.ts'
import { firstWeights } from './twin/network/take-over.ts'
import type { BatchSampler } from './twin/objective/class-batch.ts'
import { checkObjective, samplerOf } from './twin/objective/objective.ts'
import { msPerIteration } from './twin/pace.ts'
import { Random } from './twin/random.ts'
import { createTrainStep, type StepState, type TrainStep, type TrainStepSettings } from './twin/train-step.ts'
import { type LossBatch, train } from './twin/trainer.ts'

/** What is trained, and on what it may be. */
export interface SafeTrainingJob {
  readonly images: LabelledImages
  readonly hyperparameters: Hyperparameters
  /** As `openBackend` reported it. */
  readonly backend: BackendReport
  readonly singleSteps?: (() => boolean) | undefined
  /** What layers are taken over from; all of them are drawn from the seed if left out. */
  readonly warmFrom?: NetworkValues | undefined
  /** Where an earlier training left off; from the start if left out. */
  readonly from?: TrainingState | undefined
}

/** All that a training needs to go on exactly, outside TensorFlow. Dropout is drawn anew for each iteration. */
export interface TrainingState extends StepState {
  /** Iterations done. */
  readonly iteration: number
  /** Of the randomness that pairs are drawn with. */
  readonly pairs: Int32Array
}

export type TrainingEvent =
  | ({ readonly kind: 'losses'; readonly network: Network } & LossBatch)
  /** Which backend trains from now on; `notice` says why it is another than before. */
  | {
      readonly kind: 'backend'
      readonly report: BackendReport
      readonly notice: string | null
      readonly network: Network
    }

/** What was learned is copied out of a graphics card this often (ms): 22 MB for the default job, with Adam's averages. */
const keepInterval = 3000

/**
 * A training on the backend that is fastest for it. If that is a graphics card and it is lost, the training steps down the
 * ladder, catches up from the last state that was kept, and goes on: no loss comes twice and none is missing.
 */
export class SafeTraining {
  readonly #job: SafeTrainingJob
  readonly #settings: TrainStepSettings
  #report: BackendReport
  #notice: string | null = null
  #step: TrainStep | undefined
  /** Undefined before the first iteration. */
  #kept: TrainingState | undefined
  #keptAt = 0
  #done: number
  #pairs: BatchSampler

  constructor(job: SafeTrainingJob) {
    const { images, hyperparameters } = job
    checkObjective(hyperparameters)
    const initial = firstWeights(hyperparameters, images, job.warmFrom)
    checkFreeze(initial.spec, hyperparameters.freeze)
    this.#job = job
    this.#settings = { ...hyperparameters, images, initial }
    this.#report = job.backend
    this.#kept = job.from
    this.#done = job.from?.iteration ?? 0
    this.#pairs = this.#pairsFromKept()
  }

  get report(): BackendReport {
    return this.#report
  }

  /** The weights as they are now; owned by the training. */
  network(): Network {
    return this.#current().network()
  }

  /** First the backend, then losses, and the backend again if it has to be another. An abort ends it early. */
  async *run(signal: AbortSignal): AsyncGenerator<TrainingEvent, void> {
    this.#report = await chooseFor(this.#job.backend, this.#measured())
    this.#step = this.#stepFromKept()
    yield this.news()
    for (;;) {
      try {
        yield* this.#train(signal)
        return
      } catch (error) {
        await this.#goOnWithout(error)
        yield this.news()
        await this.#catchUp()
      }
    }
  }

  /** Computes with the final weights; again on the next lower backend if the graphics card is lost meanwhile. */
  async withNetwork<T>(work: (network: Network) => Promise<T>): Promise<T> {
    try {
      return await unlessGpuLost(work(this.network()))
    } catch (error) {
      await this.#goOnWithout(error)
      return work(this.network())
    }
  }

  /** Computes with the weights as they are between two events; undefined if the graphics card is lost meanwhile. */
  async look<T>(work: (network: Network) => Promise<T>): Promise<T | undefined> {
    try {
      return await unlessGpuLost(work(this.network()))
    } catch (error) {
      if (!(error instanceof GpuLost)) throw error
      return undefined
    }
  }

  /** A copy of all that it needs to go on, as it is between two events; undefined if the graphics card is lost meanwhile. */
  async state(): Promise<TrainingState | undefined> {
    try {
      return await this.#copy(this.#current())
    } catch (error) {
      if (!(error instanceof GpuLost)) throw error
      return undefined
    }
  }

  /** Which backend trains, and why it is another than before if it is. */
  news(): TrainingEvent {
    return { kind: 'backend', report: this.#report, notice: this.#notice, network: this.network() }
  }

  /** Frees all it holds. */
  dispose(): void {
    this.#step?.dispose()
    this.#step = undefined
  }

  async *#train(signal: AbortSignal): AsyncGenerator<TrainingEvent, void> {
    const step = this.#current()
    // What waits for a card that is lost is left behind; it must not go on with tensors that are gone.
    const left = new AbortController()
    const either = AbortSignal.any([signal, left.signal])
    const batches = train(step, this.#pairs, this.#task(this.#done + 1), either)
    this.#keptAt = performance.now()
    try {
      for (;;) {
        const next = await unlessGpuLost(batches.next())
        if (next.done === true) break
        const { firstIteration, losses } = next.value
        this.#done = firstIteration - 1 + losses.length
        yield { kind: 'losses', network: step.network(), firstIteration, losses }
        if (performance.now() - this.#keptAt >= keepInterval) await this.#keep(step)
      }
      await this.#keep(step)
    } finally {
      left.abort()
    }
  }

  async #keep(step: TrainStep): Promise<void> {
    if (this.#report.backend !== 'webgpu') return
    this.#kept = await this.#copy(step)
    this.#keptAt = performance.now()
  }

  async #copy(step: TrainStep): Promise<TrainingState> {
    const at = { iteration: this.#done, pairs: this.#pairs.state() }
    return { ...at, ...(await unlessGpuLost(step.state())) }
  }

  /** @throws whatever was no loss of the graphics card */
  async #goOnWithout(error: unknown): Promise<void> {
    if (!(error instanceof GpuLost)) throw error
    this.#step?.dispose()
    const lost = `The graphics card was lost at iteration ${this.#done.toLocaleString('en')} (${error.message}).`
    this.#report = await stepDown(this.#job.backend, lost)
    this.#step = this.#stepFromKept()
    this.#notice = `${lost} The training goes on with ${this.#report.backend}; what was learned is safe.`
  }

  /** Repeats the iterations since the kept state. Their losses were told before, and are the same but for rounding. */
  async #catchUp(): Promise<void> {
    this.#pairs = this.#pairsFromKept()
    const repeated = { ...this.#task((this.#kept?.iteration ?? 0) + 1), iterations: this.#done }
    for await (const _ of train(this.#current(), this.#pairs, repeated, new AbortController().signal));
  }

  #task(firstIteration: number) {
    const { batchSize, iterations, evaluateEvery: pauseEvery } = this.#job.hyperparameters
    return { batchSize, iterations, firstIteration, singleSteps: this.#job.singleSteps, pauseEvery }
  }

  #stepFromKept(): TrainStep {
    const { network: initial = this.#settings.initial, adam } = this.#kept ?? {}
    return createTrainStep({ ...this.#settings, initial, adam })
  }

  #pairsFromKept(): BatchSampler {
    const { seed } = this.#job.hyperparameters
    const kept = this.#kept
    const random = kept === undefined ? Random.seeded(seed, 'pairs') : Random.restored(kept.pairs)
    return samplerOf(this.#settings, this.#settings.images.labels, random)
  }

  #measured() {
    const { batchSize, loss, pairs, freeze } = this.#job.hyperparameters
    const { count } = this.#settings.images
    const { spec } = this.#settings.initial
    const key = JSON.stringify([count, batchSize, spec, isAugmented(this.#settings), loss, pairs, freeze])
    return { key, measure: (signal: AbortSignal) => msPerIteration(this.#settings, batchSize, signal) }
  }

  #current(): TrainStep {
    if (this.#step === undefined) throw new Error('This training has not begun, or is over.')
    return this.#step
  }
}
