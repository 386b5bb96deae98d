import { contract, type LiveEvaluations, type Losses, type Points } from '../../../shared/contract.ts'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import { HeldOut } from '../analysis/held-out.ts'
import type { DataSet } from '../data/data-set.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import type { ImportedEncoder } from '../imports/imported-encoder.ts'
import { type RunEvaluation, seriesOf } from '../runs/run-evaluations.ts'
import type { Run } from '../runs/run-folder.ts'
import { GpuLost, unlessGpuLost } from '../tensorflow/gpu-loss.ts'
import type { Network } from '../twin/network/network.ts'
import { Emitter } from './emitter.ts'
import { LiveEmbedding, type LivePoints } from './live-embedding.ts'
import { Model } from './model.ts'
import { Moments } from './moments.ts'

/** What was kept of the way that a training goes on from. */
export interface WaySoFar {
  readonly losses: Float32Array
  /** Oldest first. */
  readonly moments: readonly LivePoints[]
  /** In order. */
  readonly evaluations: readonly RunEvaluation[]
  /** Asked where there are none: the points before the first iteration, if they can still be known. */
  readonly beginning?: (() => Promise<LivePoints>) | undefined
}

/** Where an encoder from elsewhere puts a data set's images. */
export interface PlacedImages {
  readonly encoder: ImportedEncoder
  readonly train: LabelledEmbedding
  readonly test: LabelledEmbedding
}

/** What windows see of the newest training beside its state: its losses, the points and their way, and what queries are answered with. */
export class LiveView {
  readonly losses = new Emitter(contract.losses)
  readonly points = new Emitter(contract.points)
  readonly moments = new Emitter(contract.moments)
  readonly evaluations = new Emitter(contract.evaluations)
  /** What is kept of the training's points. */
  readonly past = new Moments()
  /** The weights and points as they are. */
  readonly model = new Model()

  #training = 0
  #losses = new Float32Array(0)
  /** Losses that are there. */
  #done = 0
  #points: Points | undefined
  #evaluations: RunEvaluation[] = []
  #evaluatedOn: LiveEvaluations['on'] = 'test'
  #heldOut: HeldOut | undefined
  #embedding: LiveEmbedding | undefined
  #beginning: (() => Promise<LivePoints>) | undefined
  #complete: (() => Promise<LivePoints>) | undefined

  get latestPoints(): Points | undefined {
    return this.#points
  }

  /** How the training does on images it does not learn from. */
  get heldOut(): HeldOut | undefined {
    return this.#heldOut
  }

  /** Losses from an iteration on, up to now, or undefined where there are none. */
  lossesFrom(firstIteration: number): Losses | undefined {
    const losses = this.#losses.slice(firstIteration - 1, this.#done)
    return losses.length === 0 ? undefined : { training: this.#training, firstIteration, losses }
  }

  /** Another training takes the place of the one before. */
  begin(
    training: number,
    data: DataSet,
    hyperparameters: Hyperparameters,
    { losses, moments, evaluations, beginning }: WaySoFar,
  ): void {
    this.#training = training
    this.#losses = new Float32Array(hyperparameters.iterations)
    this.#losses.set(losses)
    this.#done = losses.length
    this.#evaluations = [...evaluations]
    this.#evaluatedOn = hyperparameters.validationShare > 0 ? 'validation' : 'test'
    this.#heldOut = new HeldOut(data, hyperparameters)
    this.#embedding = new LiveEmbedding(data.test, hyperparameters.embeddingSize)
    this.#beginning = beginning
    this.#complete = undefined
    this.past.begin(training)
    for (const moment of moments) this.past.keep(moment)
    this.moments.emit(this.past.list)
    this.evaluations.emit(this.evaluationSeries)
    if (losses.length > 0) this.losses.emit({ training, firstIteration: 1, losses })
  }

  /** Losses that were just learned with. @returns iterations done */
  take({ firstIteration, losses }: Pick<Losses, 'firstIteration' | 'losses'>): number {
    this.#losses.set(losses, firstIteration - 1)
    this.#done = firstIteration - 1 + losses.length
    this.losses.emit({ training: this.#training, firstIteration, losses })
    return this.#done
  }

  /** How good the training is on its way, as far as that is asked for. */
  get evaluationSeries(): LiveEvaluations {
    return { training: this.#training, on: this.#evaluatedOn, ...seriesOf(this.#evaluations) }
  }

  /** One more evaluation. */
  evaluate(evaluation: RunEvaluation): void {
    this.#evaluations.push(evaluation)
    this.evaluations.emit(this.evaluationSeries)
  }

  /** Brings up to date what the network says of the images, as far as it is time. */
  async follow(network: Network, iteration: number): Promise<void> {
    const [embedding, beginning] = [this.#embedding, this.#beginning]
    if (embedding === undefined) throw new Error('No training was begun.')
    this.model.follow(network)
    await ifGpuIsThere(async () => {
      if (this.past.isEmpty && beginning !== undefined) this.past.keep(await beginning())
      const points = await embedding.follow(network, iteration)
      if (points !== undefined) this.#show(points)
      await this.#heldOut?.follow(network, iteration)
    })
    this.#complete = () => embedding.complete(network, iteration)
  }

  /** Places every point with the network as it is after the newest losses. Nothing may train meanwhile. */
  async complete(): Promise<void> {
    const complete = this.#complete
    if (complete !== undefined) await ifGpuIsThere(async () => this.#show(await complete()))
  }

  /** How a finished training does on images it did not learn from. */
  async measureEnd({ config, train, test }: Run): Promise<void> {
    await this.#heldOut?.end(test.embedding, train.embedding, config.iterations)
  }

  /** A finished training's network answers queries from now on. */
  place({ config, network, train, test }: Run): void {
    const { iterations: iteration } = config
    this.model.keep(network, train)
    this.#show({ embedding: test.embedding, iteration, oldestIteration: iteration })
  }

  /** An encoder from elsewhere answers queries from now on: there is no loss of it, and no way that its points came. */
  placeImported(training: number, { encoder, train, test }: PlacedImages): void {
    this.#training = training
    this.#losses = new Float32Array(0)
    this.#done = 0
    this.#heldOut = undefined
    this.#embedding = undefined
    this.#beginning = undefined
    this.#complete = undefined
    this.#evaluations = []
    this.evaluations.emit(this.evaluationSeries)
    this.past.begin(training)
    this.model.keepImported(encoder, train)
    this.#show({ embedding: test.embedding, iteration: 0, oldestIteration: 0 })
  }

  /** What was learned is worth nothing any more. */
  forget(): void {
    this.model.clear()
    this.past.begin(this.#training)
    this.moments.emit(this.past.list)
    this.#heldOut = undefined
    if (this.#points === undefined) return
    this.points.emit({ ...this.#points, values: new Float32Array(0) })
    this.#points = undefined
  }

  #show(points: LivePoints): void {
    const { embedding, iteration, oldestIteration } = points
    const { values, size } = embedding
    this.past.keep(points)
    this.moments.emit(this.past.list)
    this.#points = { training: this.#training, iteration, oldestIteration, values, size }
    this.model.place(embedding)
    this.points.emit(this.#points)
  }
}

/** A graphics card that is lost meanwhile is the training's to do without: points that are not shown come again. */
async function ifGpuIsThere(work: () => Promise<void>): Promise<void> {
  try {
    await unlessGpuLost(work())
  } catch (error) {
    if (!(error instanceof GpuLost)) throw error
  }
}
