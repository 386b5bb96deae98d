import type { Evaluated } from '../../shared/contract/evaluations.ts'
import { invalidInput } from '../../shared/errors.ts'
import { evaluatedOf } from '../../shared/evaluated.ts'
import { evaluationFault } from '../../shared/hyperparameters/evaluation.ts'
import type { Hyperparameters } from '../../shared/hyperparameters.ts'
import type { LabelledImages } from './data/data-set.ts'
import { divide } from './data/hold-out.ts'
import { embed } from './embedding/embed.ts'
import { knnAccuracy } from './embedding/quality.ts'
import type { RunEvaluation } from './runs/run-evaluations.ts'
import { type Network, readNetwork } from './twin/network/network.ts'
import type { NetworkValues } from './twin/network/network-values.ts'

type Settings = Pick<
  Hyperparameters,
  'evaluateEvery' | 'validationShare' | 'patience' | 'seed' | 'iterations'
>

/** What a training learns from, and what it is measured on meanwhile. */
export interface DividedImages {
  readonly learned: LabelledImages
  readonly measured: LabelledImages
}

/**
 * The validation share is taken from the training images, by the training's seed; without one the test images are measured.
 * @throws invalid-input: nothing can be left out
 */
export function divideForTraining(
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  { validationShare: share, seed }: Pick<Settings, 'validationShare' | 'seed'>,
): DividedImages {
  if (share === 0) return { learned: train, measured: test }
  const { kept, held } = divide(train, { share, seed })
  return { learned: kept, measured: held }
}

/** @throws invalid-input: the hyperparameters of evaluation do not go together */
export function checkEvaluation(hyperparameters: Settings): void {
  const fault = evaluationFault(hyperparameters)
  if (fault !== undefined) throw invalidInput(fault.message)
}

/** Where the evaluations of an earlier training stand; all that decides on what follows comes from these. */
export interface EvaluatedBefore {
  readonly evaluations: readonly RunEvaluation[]
  /** Of the best of them, where one is chosen. */
  readonly best: NetworkValues | undefined
}

/**
 * Measures a training after every so many iterations and after its last one. By a validation share it also chooses: the first of
 * the best networks is kept, and where patience is used up the training is over.
 */
export class Evaluator {
  readonly #settings: Settings
  readonly #images: DividedImages
  readonly #list: RunEvaluation[]
  #best: NetworkValues | undefined

  constructor(settings: Settings, images: DividedImages, before?: EvaluatedBefore) {
    this.#settings = settings
    this.#images = images
    this.#list = [...(before?.evaluations ?? [])]
    this.#best = before?.best
  }

  /** In order. */
  get evaluations(): readonly RunEvaluation[] {
    return this.#list
  }

  /** The network of the best one; undefined before the first, and where none is chosen. */
  get best(): NetworkValues | undefined {
    return this.#best
  }

  /** What they come to so far; undefined before the first. */
  get summary(): Evaluated | undefined {
    return evaluatedOf(this.#list, this.#settings)
  }

  isDue(iteration: number): boolean {
    const { evaluateEvery, iterations } = this.#settings
    // A data set may have no test images.
    if (this.#images.measured.count === 0) return false
    if (evaluateEvery === 0 || this.#list.at(-1)?.iteration === iteration) return false
    return iteration % evaluateEvery === 0 || iteration === iterations
  }

  /** Whether patience is used up. */
  get isOver(): boolean {
    return this.summary?.stoppedEarly === true
  }

  /** Measures the network as it is after an iteration. It must not change meanwhile. */
  async evaluate(network: Network, iteration: number): Promise<RunEvaluation> {
    const { learned, measured } = this.#images
    const gallery = { embedding: await embed(network, learned), labels: learned.labels }
    const queries = { embedding: await embed(network, measured), labels: measured.labels }
    const accuracy = await knnAccuracy(gallery, queries)
    const evaluation = { iteration, accuracy }
    const isBest = this.#list.every(before => before.accuracy < accuracy)
    // Read before anything is told: a graphics card that is lost meanwhile leaves all as it was.
    if (this.#chooses && isBest) this.#best = await readNetwork(network)
    this.#list.push(evaluation)
    return evaluation
  }

  get #chooses(): boolean {
    return this.#settings.validationShare > 0
  }
}
