import {
  contract,
  type DataChoice,
  noTraining,
  type Phase,
  type Points,
  type Training,
} from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import { HeldOut } from '../analysis/held-out.ts'
import { correctionsKey, correctionsOf } from '../corrections/correct-data-set.ts'
import { checkTrainable, type DataSet } from '../data/data-set.ts'
import type { Progress } from '../runs/interrupted.ts'
import type { Run } from '../runs/run-folder.ts'
import { newRunFolder } from '../runs/run-folders.ts'
import type { BackendReport } from '../tensorflow/backends.ts'
import { GpuLost, unlessGpuLost } from '../tensorflow/gpu-loss.ts'
import { type JobEvent, runJob } from '../training-job.ts'
import { embedBeginning } from './beginning.ts'
import { Emitter } from './emitter.ts'
import { LiveEmbedding, type LivePoints } from './live-embedding.ts'
import { Model } from './model.ts'
import { Moments } from './moments.ts'
import { Stopwatch } from './stopwatch.ts'

/** Who stops before there is anything to keep has done nothing wrong. */
const stoppedAtOnce = 'Stopped before the first iteration; nothing was saved.'

/** A training that goes on with an earlier one. */
export interface GoOn {
  readonly progress: Progress | undefined
  /** Where it is saved. */
  readonly folder: string
  /** What was kept of the way so far, oldest first. */
  readonly moments: readonly LivePoints[]
  /** What a person should know of it. */
  readonly notice: string | null
}

/** Phases in which a training holds the engine. */
const busyPhases: ReadonlySet<Phase> = new Set(['running', 'paused', 'embedding', 'measuring', 'saving'])

/** The engine's one training: started, paused, stepped and stopped by any window, told to all of them. */
export class TrainingSession {
  readonly states = new Emitter(contract.training)
  readonly losses = new Emitter(contract.losses)
  readonly points = new Emitter(contract.points)
  readonly moments = new Emitter(contract.moments)
  /** What is kept of the newest training's points. */
  readonly past = new Moments()
  /** What queries are answered with: the weights and points as they are. */
  readonly model = new Model()

  #state: Training = noTraining
  #points: Points | undefined
  #heldOut: HeldOut | undefined
  #lossesSoFar = new Float32Array(0)
  #stop = new AbortController()
  #stopwatch = new Stopwatch()
  #backend: BackendReport
  /** Why nothing can be trained though no training is under way: a sweep, say. */
  #held: string | null = null
  /** Single iterations asked for and not begun. */
  #steps = 0
  #wake: (() => void) | undefined
  /** Where the training under way is saved. */
  #folder = ''
  /** Whoever pauses may well close the lid: what was learned until then is kept. */
  #keepNow = false
  /** Places every point with the network as it is after the newest losses. */
  #complete: (() => Promise<LivePoints>) | undefined

  /** @param backend as it was opened */
  constructor(backend: BackendReport) {
    this.#backend = backend
  }

  /** What the training under way computes with, or the last one did. */
  get backend(): BackendReport {
    return this.#backend
  }

  get state(): Training {
    return this.#state
  }

  get latestPoints(): Points | undefined {
    return this.#points
  }

  /** How the training does on images it does not learn from. */
  get heldOut(): HeldOut | undefined {
    return this.#heldOut
  }

  get busy(): boolean {
    return busyPhases.has(this.#state.phase)
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

  /** Losses from an iteration on, up to now, or undefined where there are none. */
  lossesFrom(
    iteration: number,
  ): { training: number; firstIteration: number; losses: Float32Array } | undefined {
    const losses = this.#lossesSoFar.slice(iteration - 1, this.#state.iteration)
    return losses.length === 0
      ? undefined
      : { training: this.#state.training, firstIteration: iteration, losses }
  }

  /** Where the training under way is saved; undefined while none is. */
  get folder(): string | undefined {
    return this.busy ? this.#folder : undefined
  }

  /**
   * @param earlier what it goes on with; from the start if left out
   * @throws busy; invalid-input: data that cannot be paired
   */
  start(data: DataSet, hyperparameters: Hyperparameters, backend: BackendReport, earlier?: GoOn): Training {
    this.refuseWhileBusy('A training is under way already.')
    checkTrainable(data.train, data.classes)
    const { iterations } = hyperparameters
    const { original, corrections } = correctionsOf(data)
    const { progress } = earlier ?? {}
    this.#lossesSoFar = new Float32Array(iterations)
    this.#lossesSoFar.set(progress?.losses ?? [])
    this.#folder = earlier?.folder ?? newRunFolder()
    this.#stop = new AbortController()
    this.#stopwatch = new Stopwatch(progress?.trainingSeconds)
    this.#steps = 0
    this.#keepNow = false
    this.#complete = undefined
    this.#state = {
      ...noTraining,
      training: this.#state.training + 1,
      phase: 'running',
      iteration: progress?.state.iteration ?? 0,
      iterations,
      hyperparameters,
      data: choiceOf(original),
      notice: earlier?.notice ?? null,
      corrections: correctionsKey(original, corrections),
    }
    this.#backend = backend
    this.past.begin(this.#state.training)
    for (const moment of earlier?.moments ?? []) this.past.keep(moment)
    this.moments.emit(this.past.list)
    if (progress !== undefined && progress.losses.length > 0)
      this.losses.emit({ training: this.#state.training, firstIteration: 1, losses: progress.losses })
    this.#stopwatch.run()
    this.#tell({})
    void this.#work(data, hyperparameters, backend, progress)
    return this.#state
  }

  /**
   * A saved run takes the place of a training, as it is after its end. What was followed of it on the way is not kept in a run:
   * of the quality during training there is only the end.
   * @throws busy
   */
  async adopt(run: Run, folder: string, data: DataSet): Promise<Training> {
    this.refuseWhileBusy('A training is under way already.')
    const { hyperparameters, iterations: iteration, trainingSeconds, quality } = run.config
    const { original, corrections } = correctionsOf(data)
    const training = this.#state.training + 1
    this.#lossesSoFar = run.losses.slice()
    this.past.begin(training)
    for (const moment of run.moments ?? []) this.past.keep(moment)
    this.#heldOut = new HeldOut(data, hyperparameters)
    this.model.keep(run.network, run.train)
    this.#state = {
      ...noTraining,
      training,
      phase: 'done',
      iteration,
      iterations: hyperparameters.iterations,
      elapsedSeconds: trainingSeconds,
      hyperparameters,
      data: choiceOf(original),
      corrections: correctionsKey(original, corrections),
      quality,
      folder,
      opened: true,
    }
    this.losses.emit({ training, firstIteration: 1, losses: run.losses })
    this.#show({ embedding: run.test.embedding, iteration, oldestIteration: iteration })
    this.states.emit(this.#state)
    await this.#heldOut.end(run.test.embedding, run.train.embedding, iteration)
    return this.#state
  }

  pause(): Training {
    this.#expect('running')
    this.#keepNow = true
    this.#stopwatch.rest()
    return this.#tell({ phase: 'paused' })
  }

  resume(): Training {
    this.#expect('paused')
    this.#steps = 0
    this.#stopwatch.run()
    this.#tell({ phase: 'running' })
    this.#wake?.()
    return this.#state
  }

  /** One iteration of a paused training. */
  step(): Training {
    this.#expect('paused')
    this.#steps++
    this.#wake?.()
    return this.#state
  }

  stop(): Training {
    this.#expect('running', 'paused')
    this.#stop.abort()
    this.#wake?.()
    return this.#state
  }

  /** What was learned is worth nothing any more: other images are looked at, or the weights are gone. */
  forget(): void {
    this.model.clear()
    this.past.begin(this.#state.training)
    this.moments.emit(this.past.list)
    this.#heldOut = undefined
    if (this.#points === undefined) return
    this.points.emit({ ...this.#points, values: new Float32Array(0) })
    this.#points = undefined
  }

  async #work(
    data: DataSet,
    hyperparameters: Hyperparameters,
    backend: BackendReport,
    progress: Progress | undefined,
  ): Promise<void> {
    const live = new LiveEmbedding(data.test, hyperparameters.embeddingSize)
    this.#heldOut = new HeldOut(data, hyperparameters)
    const singleSteps = (): boolean => this.#state.phase === 'paused'
    const moments = (): readonly LivePoints[] => this.past.all
    const keepNow = (): boolean => {
      const wished = this.#keepNow
      this.#keepNow = false
      return wished
    }
    const rest = (): Promise<void> => this.#waitWhilePaused()
    const saved = { name: data.name, folder: this.#folder, moments, keepNow, rest }
    const job = { data, hyperparameters, backend, singleSteps, progress, ...saved }
    const beginning = (): Promise<LivePoints> => embedBeginning(data, hyperparameters)
    try {
      for await (const event of runJob(job, this.#stop.signal)) await this.#take(event, live, beginning)
    } catch (error) {
      this.forget()
      this.#stopwatch.rest()
      const stopped =
        this.#stop.signal.aborted && error instanceof TwinlensError && error.kind === 'cancelled'
      this.#tell({
        iterationsPerSecond: 0,
        ...(stopped ? { phase: 'idle', notice: stoppedAtOnce } : { phase: 'failed', error: toWire(error) }),
      })
    }
  }

  async #take(event: JobEvent, live: LiveEmbedding, beginning: () => Promise<LivePoints>): Promise<void> {
    switch (event.kind) {
      case 'backend': {
        const { report, notice, network } = event
        this.#backend = report
        // The weights have moved; those that were followed are gone.
        if (notice !== null) this.model.follow(network)
        this.#tell({ backend: report.backend, notice: notice ?? this.#state.notice })
        return
      }
      case 'losses': {
        const { firstIteration, losses, network } = event
        const iteration = firstIteration - 1 + losses.length
        this.#lossesSoFar.set(losses, firstIteration - 1)
        if (!this.#isPaused()) this.#stopwatch.reached(iteration)
        this.losses.emit({ training: this.#state.training, firstIteration, losses })
        this.#tell({ iteration })
        this.model.follow(network)
        await ifGpuIsThere(async () => {
          if (this.past.isEmpty) this.past.keep(await beginning())
          const points = await live.follow(network, iteration)
          if (points !== undefined) this.#show(points)
          await this.#heldOut?.follow(network, iteration)
        })
        this.#complete = () => live.complete(network, iteration)
        return
      }
      case 'warning':
        this.#tell({ notice: event.message })
        return
      case 'stage':
        this.#stopwatch.rest()
        this.#tell({ phase: event.stage, iterationsPerSecond: 0 })
        return
      case 'done': {
        const { run, folder } = event
        const { iterations: iteration, quality } = run.config
        await this.#heldOut?.end(run.test.embedding, run.train.embedding, iteration)
        this.model.keep(run.network, run.train)
        this.#show({ embedding: run.test.embedding, iteration, oldestIteration: iteration })
        this.#tell({ phase: 'done', quality, folder, iteration })
        return
      }
      default:
        event satisfies never
    }
  }

  /** Nothing is computed meanwhile, so every point is brought up to date first, unless more steps wait. */
  async #waitWhilePaused(): Promise<void> {
    if (!this.#isPaused()) return
    const complete = this.#complete
    if (this.#steps === 0 && complete !== undefined)
      await ifGpuIsThere(async () => this.#show(await complete()))
    while (this.#isPaused() && this.#steps === 0 && !this.#stop.signal.aborted) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    if (this.#steps > 0) this.#steps--
  }

  #isPaused(): boolean {
    return this.#state.phase === 'paused'
  }

  #show(points: LivePoints): void {
    const { embedding, iteration, oldestIteration } = points
    const { values, size } = embedding
    this.past.keep(points)
    this.moments.emit(this.past.list)
    this.#points = { training: this.#state.training, iteration, oldestIteration, values, size }
    this.model.place(embedding)
    this.points.emit(this.#points)
  }

  #tell(change: Partial<Training>): Training {
    const { elapsedSeconds, iterationsPerSecond } = this.#stopwatch
    this.#state = { ...this.#state, elapsedSeconds, iterationsPerSecond, ...change }
    this.states.emit(this.#state)
    return this.#state
  }

  #expect(...phases: readonly Phase[]): void {
    if (!phases.includes(this.#state.phase)) {
      throw new TwinlensError('invalid-input', `No training is ${phases.join(' or ')} now.`)
    }
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

function toWire(error: unknown): Training['error'] {
  if (error instanceof TwinlensError) return error.toWire()
  console.error(error)
  const message = error instanceof Error ? error.message : String(error)
  const outOfMemory = /out of memory|OOM|allocat/i.test(message)
  return outOfMemory
    ? { kind: 'out-of-memory', message: 'The training needs more memory than there is.' }
    : { kind: 'internal', message: 'The training ended unexpectedly.' }
}

/** As a window asks for it. */
function choiceOf({ source, train, test }: DataSet): DataChoice {
  if (source.kind === 'imported') return { kind: 'imported', id: source.id }
  return { kind: 'digits', trainCount: train.count, testCount: test.count }
}
