import type { OpenedEncoder, QualityFigures, Training } from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import { evaluatedOf } from '../../../shared/evaluated.ts'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import { checkTrainable, type DataSet } from '../data/data-set.ts'
import { checkEvaluation, divideForTraining } from '../evaluator.ts'
import type { Progress } from '../runs/interrupted.ts'
import type { Run } from '../runs/run-folder.ts'
import { newRunFolder } from '../runs/run-folders.ts'
import { type WarmStart, warmStartInWords } from '../runs/warm-start.ts'
import type { BackendReport } from '../tensorflow/backends.ts'
import { type JobEvent, runJob, type TrainingJob } from '../training-job.ts'
import { checkFreeze } from '../twin/network/freeze.ts'
import { specOf } from '../twin/network/network-spec.ts'
import { embedBeginning } from './beginning.ts'
import { LiveView, type PlacedImages } from './live-view.ts'
import { PauseGate } from './pause-gate.ts'
import { faultOf } from './training-fault.ts'
import { TrainingState } from './training-state.ts'

/** Who stops before there is anything to keep has done nothing wrong. */
const stoppedAtOnce = 'Stopped before the first iteration; nothing was saved.'

/** What a training has of an earlier one: where it goes on, or with whose weights it begins. */
export interface Earlier {
  readonly progress?: Progress | undefined
  readonly warmStart?: WarmStart | undefined
  /** Where it is saved. */
  readonly folder?: string
  /** What a person should know of it. */
  readonly notice?: string | null
}

/** What an encoder from elsewhere makes of a data set. */
export interface PlacedByEncoder extends PlacedImages {
  readonly quality: QualityFigures
}

/** The engine's one training: started, paused, stepped and stopped by any window, told to all of them. */
export class TrainingSession {
  readonly live = new LiveView()
  readonly #state = new TrainingState()
  #stop = new AbortController()
  #gate = new PauseGate()
  #backend: BackendReport
  /** Why nothing can be trained though no training is under way: a sweep, say. */
  #held: string | null = null
  /** Where the training under way is saved. */
  #folder = ''

  /** @param backend as it was opened */
  constructor(backend: BackendReport) {
    this.#backend = backend
  }

  /** What the training under way computes with, or the last one did. */
  get backend(): BackendReport {
    return this.#backend
  }

  get states(): TrainingState['states'] {
    return this.#state.states
  }

  get state(): Training {
    return this.#state.now
  }

  get busy(): boolean {
    return this.#state.isBusy
  }

  /** Where the training under way is saved; undefined while none is. */
  get folder(): string | undefined {
    return this.busy ? this.#folder : undefined
  }

  /** @throws busy: a training is under way, said in these words, or the engine is held */
  refuseWhileBusy(words: string): void {
    if (this.busy) throw new TwinlensError('busy', words)
    if (this.#held !== null) throw new TwinlensError('busy', this.#held)
  }

  /**
   * Nothing else is trained or opened until it is let go.
   * @param why what whoever asks is told meanwhile
   * @returns lets go @throws busy
   */
  hold(why: string): () => void {
    this.refuseWhileBusy('A training is under way. Stop it, or wait for its end.')
    this.#held = why
    return () => {
      this.#held = null
    }
  }

  /**
   * @throws busy; invalid-input: data that cannot be paired, nothing left to learn, or nothing that fits to begin with
   */
  start(
    data: DataSet,
    hyperparameters: Hyperparameters,
    backend: BackendReport,
    earlier: Earlier = {},
  ): Training {
    this.refuseWhileBusy('A training is under way already.')
    checkEvaluation(hyperparameters)
    checkTrainable(divideForTraining(data, hyperparameters).learned, data.classes)
    const spec = specOf(hyperparameters, data.train)
    checkFreeze(spec, hyperparameters.freeze)
    const { progress, warmStart, folder = newRunFolder() } = earlier
    const words = warmStart && warmStartInWords(spec, warmStart)
    const notice = earlier.notice ?? words ?? null
    this.#folder = folder
    this.#stop = new AbortController()
    this.#gate = new PauseGate()
    this.#backend = backend
    const iteration = progress?.state.iteration ?? 0
    const warmFrom = warmStart?.run ?? null
    const { losses = new Float32Array(0), moments = [], evaluations = [] } = progress ?? {}
    const evaluated = evaluatedOf(evaluations, hyperparameters) ?? null
    const begun = { phase: 'running', iteration, notice, warmFrom, evaluated } as const
    const { training } = this.#state.begin(data, hyperparameters, progress?.trainingSeconds ?? 0, begun)
    // Those of a warm start are no longer at hand where it goes on.
    const isKnown = warmStart === undefined || warmStart.network !== undefined
    const beginning = isKnown ? () => embedBeginning(data, hyperparameters, warmStart?.network) : undefined
    this.live.begin(training, data, hyperparameters, { losses, moments, evaluations, beginning })
    this.#state.stopwatch.run()
    this.#state.tell({})
    void this.#work({ data, hyperparameters, backend, progress, warmStart, name: data.name, folder })
    return this.state
  }

  /**
   * A saved run takes the place of a training, as it is after its end. What was followed of it on the way is not kept in a run:
   * of the quality during training there is only the end.
   * @throws busy
   */
  async adopt(run: Run, folder: string, data: DataSet): Promise<Training> {
    this.refuseWhileBusy('A training is under way already.')
    const { hyperparameters, iterations: iteration, trainingSeconds, quality } = run.config
    const warmFrom = run.config.warmStart?.run ?? null
    const evaluated = run.config.evaluated ?? null
    const ended = { phase: 'done', iteration, quality, folder, opened: true, warmFrom, evaluated } as const
    const { training } = this.#state.begin(data, hyperparameters, trainingSeconds, ended)
    const { losses, moments = [], evaluations = [] } = run
    this.live.begin(training, data, hyperparameters, { losses, moments, evaluations })
    this.live.place(run)
    this.#state.tell({})
    await this.live.measureEnd(run)
    return this.state
  }

  /**
   * An encoder from elsewhere takes the place of a training: there is where it puts images, and nothing of how it came about.
   * @throws busy
   */
  adoptEncoder(encoder: OpenedEncoder, placed: PlacedByEncoder, data: DataSet): void {
    this.refuseWhileBusy('A training is under way already.')
    const ended = { phase: 'done', opened: true, encoder, quality: placed.quality } as const
    const { training } = this.#state.begin(data, null, 0, ended)
    this.live.placeImported(training, placed)
    this.#state.tell({})
  }

  pause(): Training {
    this.#state.expect('running')
    this.#gate.shut()
    this.#state.stopwatch.rest()
    return this.#state.tell({ phase: 'paused' })
  }

  resume(): Training {
    this.#state.expect('paused')
    this.#state.stopwatch.run()
    this.#state.tell({ phase: 'running' })
    this.#gate.open()
    return this.state
  }

  /** One iteration of a paused training. */
  step(): Training {
    this.#state.expect('paused')
    this.#gate.step()
    return this.state
  }

  stop(): Training {
    this.#state.expect('running', 'paused')
    this.#stop.abort()
    this.#gate.wake()
    return this.state
  }

  /** What was learned is worth nothing any more: other images are looked at, or the weights are gone. */
  forget(): void {
    this.live.forget()
  }

  async #work(asked: TrainingJob): Promise<void> {
    const { signal } = this.#stop
    const gate = this.#gate
    const job: TrainingJob = {
      ...asked,
      singleSteps: () => this.#state.isPaused,
      moments: () => this.live.past.all,
      keepNow: () => gate.takeKeepNow(),
      // Nothing is computed in a pause, so every point is brought up to date first, unless more steps wait.
      rest: () =>
        gate.pass(
          () => this.#state.isPaused && !signal.aborted,
          () => this.live.complete(),
        ),
    }
    try {
      for await (const event of runJob(job, signal)) await this.#take(event)
    } catch (error) {
      this.forget()
      this.#state.stopwatch.rest()
      const stopped = signal.aborted && error instanceof TwinlensError && error.kind === 'cancelled'
      this.#state.tell({
        iterationsPerSecond: 0,
        ...(stopped ? { phase: 'idle', notice: stoppedAtOnce } : { phase: 'failed', error: faultOf(error) }),
      })
    }
  }

  async #take(event: JobEvent): Promise<void> {
    switch (event.kind) {
      case 'backend': {
        const { report, notice, network } = event
        this.#backend = report
        // The weights have moved; those that were followed are gone.
        if (notice !== null) this.live.model.follow(network)
        this.#state.tell({ backend: report.backend, notice: notice ?? this.state.notice })
        return
      }
      case 'losses': {
        const iteration = this.live.take(event)
        if (!this.#state.isPaused) this.#state.stopwatch.reached(iteration)
        this.#state.tell({ iteration })
        await this.live.follow(event.network, iteration)
        return
      }
      case 'evaluation':
        this.live.evaluate(event.evaluation)
        this.#state.tell({ evaluated: event.summary })
        return
      case 'warning':
        this.#state.tell({ notice: event.message })
        return
      case 'stage':
        this.#state.stopwatch.rest()
        this.#state.tell({ phase: event.stage, iterationsPerSecond: 0 })
        return
      case 'done': {
        const { run, folder } = event
        const { iterations: iteration, quality } = run.config
        await this.live.measureEnd(run)
        this.live.place(run)
        this.#state.tell({ phase: 'done', quality, folder, iteration })
        return
      }
      default:
        event satisfies never
    }
  }
}
