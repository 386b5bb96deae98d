import { Random } from '../../src/main/engine/twin/random.ts'
import {
  type AboutRun,
  type DataChoice,
  type LiveEvaluations,
  noTraining,
  type OpenedEncoder,
  type Points,
  type QualityFigures,
  type Training,
} from '../../src/shared/contract.ts'
import { TwinlensError } from '../../src/shared/errors.ts'
import { evaluatedOf } from '../../src/shared/evaluated.ts'
import { defaults, type Hyperparameters } from '../../src/shared/hyperparameters.ts'
import { Changes } from './changes.ts'
import { fakeCentre, fakeLabel } from './fake-digits.ts'

const quality: QualityFigures = {
  knnAccuracy: 0.797,
  precisionAt9: 0.724,
  auc: 0.926,
  eer: 0.148,
  eerThreshold: 0.21,
}

/** Iterations a second that it claims: what it takes has nothing to do with a clock. */
const speed = 500

/** A training without a network: its state goes on when `advance` is called, the same for the same seed. */
export class FakeTraining {
  state: Training = noTraining
  /** All losses so far, [iteration]. */
  losses = new Float32Array(0)
  readonly changes = new Changes()
  /** Since the training began, every `evaluateEvery` iterations. */
  evaluations: { iteration: number; accuracy: number }[] = []

  /** @param from where it goes on, with the losses until then as they would have been, and with whose weights it begins */
  start(
    hyperparameters: Hyperparameters,
    data: DataChoice,
    from: { readonly iteration?: number; readonly warmFrom?: string | null } = {},
  ): Training {
    const { iteration = 0, warmFrom = null } = from
    if (['running', 'paused'].includes(this.state.phase)) {
      throw new TwinlensError('busy', 'A training is under way already.')
    }
    this.losses = new Float32Array(hyperparameters.iterations)
    this.evaluations = []
    const { iterations } = hyperparameters
    const training = this.state.training + 1
    this.#become({ ...noTraining, training, phase: 'running', iterations, hyperparameters, data, warmFrom })
    if (iteration > 0) this.#train(iteration)
    return this.state
  }

  /** As a saved run that is opened. */
  open(
    { hyperparameters, iterations, quality }: AboutRun,
    folder: string,
    data: DataChoice | null,
  ): Training {
    this.losses = Float32Array.from({ length: iterations }, (_, i) => 5 / (1 + i))
    const training = this.state.training + 1
    const { iterations: asked } = hyperparameters
    const how = { training, phase: 'done', iteration: iterations, iterations: asked, opened: true } as const
    return this.#become({ ...noTraining, ...how, hyperparameters, data, quality, folder })
  }

  /** As an encoder from elsewhere that is opened. */
  openEncoder(encoder: OpenedEncoder, data: DataChoice): void {
    this.losses = new Float32Array(0)
    const training = this.state.training + 1
    this.#become({ ...noTraining, training, phase: 'done', opened: true, encoder, data, quality })
  }

  pause(): Training {
    return this.state.phase === 'running'
      ? this.#become({ phase: 'paused', iterationsPerSecond: 0 })
      : this.state
  }

  resume(): Training {
    return this.state.phase === 'paused' ? this.#become({ phase: 'running' }) : this.state
  }

  step(): Training {
    if (this.state.phase === 'paused') this.advance(1)
    return this.state
  }

  stop(): Training {
    return ['running', 'paused'].includes(this.state.phase)
      ? this.#become({ phase: 'embedding' })
      : this.state
  }

  /** Computes with another backend from now on. */
  goOnWith(backend: string, notice: string | null): void {
    this.#become({ backend, notice })
  }

  fail(error: TwinlensError): void {
    this.#become({ phase: 'failed', iterationsPerSecond: 0, error: error.toWire() })
  }

  /** Goes on by so many iterations, and into the next phase when they are done; then by a phase a call. */
  advance(iterations: number): void {
    const { phase } = this.state
    if (phase === 'running' || phase === 'paused') this.#train(iterations)
    else if (phase === 'embedding') this.#become({ phase: 'measuring' })
    else if (phase === 'measuring') this.#become({ phase: 'saving', quality })
    else if (phase === 'saving') this.#become({ phase: 'done', folder: '/home/someone/Twinlens/run-1' })
  }

  get evaluationSeries(): LiveEvaluations {
    return {
      training: this.state.training,
      on: this.state.hyperparameters?.validationShare ? 'validation' : 'test',
      iterations: Int32Array.from(this.evaluations, ({ iteration }) => iteration),
      accuracy: Float64Array.from(this.evaluations, ({ accuracy }) => accuracy),
    }
  }

  /** Classes that come apart on a circle as the iterations go by, [count, size]. */
  points(count: number, iteration = this.state.iteration): Points | null {
    const { training, iterations, encoder } = this.state
    const hyperparameters = encoder === null ? this.state.hyperparameters : { ...defaults, ...encoder }
    if (hyperparameters === null) return null
    const { embeddingSize: size, margin, seed } = hyperparameters
    const noise = Random.seeded(seed, 'quality').normals(count * size, 1)
    const apart = encoder === null ? 1 - Math.exp((-4 * iteration) / iterations) : 1
    const values = noise.map((value, i) => {
      const centre = fakeCentre(fakeLabel(Math.floor(i / size)))[i % size] ?? 0
      return margin * (apart * centre + value * (0.32 - 0.2 * apart))
    })
    return { training, iteration, oldestIteration: iteration, values, size }
  }

  #train(count: number): void {
    const { iteration, iterations, hyperparameters, phase } = this.state
    const last = Math.min(iterations, iteration + count)
    const noise = Random.seeded((hyperparameters?.seed ?? 0) + iteration, 'weights').normals(
      last - iteration,
      1,
    )
    for (let i = iteration; i < last; i++) {
      const level = 0.35 + 5 * Math.exp((-6 * i) / iterations) + Math.exp(-i / 40)
      this.losses[i] = level * Math.exp(0.18 * (noise[i - iteration] ?? 0))
    }
    if (hyperparameters !== null) this.#evaluate(hyperparameters, last)
    const over = last === iterations || this.state.evaluated?.stoppedEarly === true
    this.#become({
      iteration: last,
      elapsedSeconds: last / speed,
      phase: over ? 'embedding' : phase,
      iterationsPerSecond: phase === 'running' && !over ? speed : 0,
    })
  }

  /** It gets better up to two thirds of the way, and then worse. */
  #evaluate(hyperparameters: Hyperparameters, last: number): void {
    const { evaluateEvery, iterations } = hyperparameters
    if (evaluateEvery === 0) return
    const from = (this.evaluations.at(-1)?.iteration ?? 0) + evaluateEvery
    for (let iteration = from; iteration <= last; iteration += evaluateEvery) {
      if (this.state.evaluated?.stoppedEarly === true) return
      const apart = Math.abs(iteration / iterations - 2 / 3)
      this.evaluations.push({ iteration, accuracy: 0.9 - apart })
      this.#become({ evaluated: evaluatedOf(this.evaluations, hyperparameters) ?? null })
    }
  }

  #become(change: Partial<Training>): Training {
    this.state = { ...this.state, ...change }
    this.changes.announce()
    return this.state
  }
}
