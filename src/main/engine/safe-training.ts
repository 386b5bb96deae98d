import type { Hyperparameters } from '../../shared/hyperparameters.ts'
import type { LabelledImages } from './data/data-set.ts'
import type { BackendReport } from './tensorflow/backends.ts'
import { chooseFor, stepDown } from './tensorflow/gpu-choice.ts'
import { GpuLost, unlessGpuLost } from './tensorflow/gpu-loss.ts'
import { isAugmented } from './twin/augmentation/augment.ts'
import type { Network } from './twin/network/network.ts'
import { specOf } from './twin/network/network-spec.ts'
import { initialNetwork } from './twin/network/network-values.ts'
import { msPerIteration } from './twin/pace.ts'
import { PairSampler } from './twin/pairs.ts'
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
  #kept: { readonly iteration: number; readonly state: Partial<StepState> } = { iteration: 0, state: {} }
  #keptAt = 0
  #done = 0

  constructor(job: SafeTrainingJob) {
    const { images, hyperparameters } = job
    const initial = initialNetwork(specOf(hyperparameters, images), hyperparameters.seed)
    this.#job = job
    this.#settings = { ...hyperparameters, images, initial }
    this.#report = job.backend
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
    this.#step = createTrainStep(this.#settings)
    yield this.news()
    let pairs = this.#pairsFrom(0)
    for (;;) {
      try {
        yield* this.#train(pairs, signal)
        return
      } catch (error) {
        await this.#goOnWithout(error)
        yield this.news()
        pairs = await this.#catchUp()
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

  /** Which backend trains, and why it is another than before if it is. */
  news(): TrainingEvent {
    return { kind: 'backend', report: this.#report, notice: this.#notice, network: this.network() }
  }

  /** Frees all it holds. */
  dispose(): void {
    this.#step?.dispose()
    this.#step = undefined
  }

  async *#train(pairs: PairSampler, signal: AbortSignal): AsyncGenerator<TrainingEvent, void> {
    const step = this.#current()
    // What waits for a card that is lost is left behind; it must not go on with tensors that are gone.
    const left = new AbortController()
    const either = AbortSignal.any([signal, left.signal])
    const batches = train(step, pairs, this.#task(this.#done + 1), either)
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
    if (this.#report.backend !== 'webgpu' || step.state === undefined) return
    this.#kept = { iteration: this.#done, state: await unlessGpuLost(step.state()) }
    this.#keptAt = performance.now()
  }

  /** @throws whatever was no loss of the graphics card */
  async #goOnWithout(error: unknown): Promise<void> {
    if (!(error instanceof GpuLost)) throw error
    this.#step?.dispose()
    const lost = `The graphics card was lost at iteration ${this.#done.toLocaleString('en')} (${error.message}).`
    this.#report = await stepDown(this.#job.backend, lost)
    const { network: initial = this.#settings.initial, adam } = this.#kept.state
    this.#step = createTrainStep({ ...this.#settings, initial, adam })
    this.#notice = `${lost} The training goes on with ${this.#report.backend}; what was learned is safe.`
  }

  /** Repeats the iterations since the kept state. Their losses were told before, and are the same but for rounding. */
  async #catchUp(): Promise<PairSampler> {
    const { iteration } = this.#kept
    const pairs = this.#pairsFrom(iteration)
    const repeated = { ...this.#task(iteration + 1), iterations: this.#done }
    for await (const _ of train(this.#current(), pairs, repeated, new AbortController().signal));
    return pairs
  }

  #task(firstIteration: number) {
    const { batchSize, iterations } = this.#job.hyperparameters
    return { batchSize, iterations, firstIteration, singleSteps: this.#job.singleSteps }
  }

  #pairsFrom(iteration: number): PairSampler {
    const { seed, batchSize } = this.#job.hyperparameters
    const pairs = new PairSampler(this.#settings.images.labels, Random.seeded(seed, 'pairs'))
    for (let i = 0; i < iteration; i++) pairs.draw(batchSize)
    return pairs
  }

  #measured() {
    const { batchSize } = this.#job.hyperparameters
    const { count } = this.#settings.images
    const key = JSON.stringify([count, batchSize, this.#settings.initial.spec, isAugmented(this.#settings)])
    return { key, measure: (signal: AbortSignal) => msPerIteration(this.#settings, batchSize, signal) }
  }

  #current(): TrainStep {
    if (this.#step === undefined) throw new Error('This training has not begun, or is over.')
    return this.#step
  }
}
