import { contract, noTraining, type Phase, type Training } from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import { correctionsKey } from '../corrections/correct-data-set.ts'
import type { DataSet } from '../data/data-set.ts'
import { choiceOf, madeOf } from '../data/original-data.ts'
import { Emitter } from './emitter.ts'
import { Stopwatch } from './stopwatch.ts'

/** Phases in which a training holds the engine. */
const busyPhases: ReadonlySet<Phase> = new Set(['running', 'paused', 'embedding', 'measuring', 'saving'])

/** Where the newest training stands, told to everyone who listens, with its clock. */
export class TrainingState {
  readonly states = new Emitter(contract.training)
  stopwatch = new Stopwatch()
  #now: Training = noTraining

  get now(): Training {
    return this.#now
  }

  get isBusy(): boolean {
    return busyPhases.has(this.#now.phase)
  }

  get isPaused(): boolean {
    return this.#now.phase === 'paused'
  }

  /**
   * Another training; nobody is told yet.
   * @param hyperparameters null of an encoder that was not trained here
   * @param secondsBefore that an earlier part of it took
   */
  begin(
    data: DataSet,
    hyperparameters: Hyperparameters | null,
    secondsBefore: number,
    change: Partial<Training>,
  ): Training {
    const { original, corrections } = madeOf(data)
    this.stopwatch = new Stopwatch(secondsBefore)
    this.#now = {
      ...noTraining,
      training: this.#now.training + 1,
      iterations: hyperparameters?.iterations ?? 0,
      hyperparameters,
      data: choiceOf(original.source),
      corrections: correctionsKey(original, corrections),
      ...change,
    }
    return this.#now
  }

  tell(change: Partial<Training>): Training {
    const { elapsedSeconds, iterationsPerSecond } = this.stopwatch
    this.#now = { ...this.#now, elapsedSeconds, iterationsPerSecond, ...change }
    this.states.emit(this.#now)
    return this.#now
  }

  /** @throws invalid-input: it is in another phase */
  expect(...phases: readonly Phase[]): void {
    if (!phases.includes(this.#now.phase)) {
      throw new TwinlensError('invalid-input', `No training is ${phases.join(' or ')} now.`)
    }
  }
}
