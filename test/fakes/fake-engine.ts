import { Random } from '../../src/main/engine/twin/random.ts'
import {
  contract,
  type DataChoice,
  type DataSummary,
  type TwinlensContract,
} from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import { type Port, portPair } from '../../src/shared/rpc/port.ts'
import { serve } from '../../src/shared/rpc/server.ts'
import { fakeAnalysis } from './fake-analysis.ts'
import { fakeAugmentation } from './fake-augmentation.ts'
import { FakeCheckpoints } from './fake-checkpoints.ts'
import { FakeCorrections } from './fake-corrections.ts'
import { FakeDataLibrary } from './fake-data-library.ts'
import { fakeClasses, fakeImages, fakeLabel, fakePairs, fakeShape } from './fake-digits.ts'
import { fakeEncoders } from './fake-encoders.ts'
import { fakeExports } from './fake-exports.ts'
import { fakeMeasures } from './fake-measures.ts'
import { fakeMoments } from './fake-moments.ts'
import { FakeRunLibrary } from './fake-run-library.ts'
import { fakeSearchHandlers } from './fake-search-handlers.ts'
import { FakeSweeps } from './fake-sweeps.ts'
import { fakeTrainPoints } from './fake-train-points.ts'
import { FakeTraining } from './fake-training.ts'

/**
 * An engine that speaks the whole contract from memory: no TensorFlow, no files, no clock. A training goes on when
 * `advance` is called. Like the host of a real engine, it closes its ports when it crashes, and a new one answers next.
 */
export class FakeEngine {
  training = new FakeTraining()
  readonly library = new FakeRunLibrary()
  readonly checkpoints = new FakeCheckpoints()
  /** Every call that came in, in order. */
  readonly calls: string[] = []
  readonly sweeps = new FakeSweeps()
  readonly dataSets = new FakeDataLibrary()
  #choice: DataChoice = { kind: 'digits', trainCount: 5000, testCount: 5000 }
  #ports: Port[] = []
  readonly #corrections = new FakeCorrections()
  #processor = { cores: 8, threads: 8, leaveCoreFree: false }

  /** A new window's port. */
  connect(): Port {
    const [window, engine] = portPair()
    this.#ports.push(engine)
    serve(contract, this.handlers, engine)
    return window
  }

  advance(iterations: number): void {
    this.training.advance(iterations)
  }

  /** Cuts the windows off; the engine goes on. */
  cut(): void {
    for (const port of this.#ports.splice(0)) port.close()
  }

  /** Forgets everything, and whoever is connected learns only that the port closed. */
  crash(): void {
    this.training = new FakeTraining()
    this.cut()
  }

  readonly handlers: Handlers<TwinlensContract> = {
    backend: () => ({
      backend: this.training.state.backend ?? 'native',
      description: 'TensorFlow 2.21.0, native, oneDNN',
      device: 'CPU, 8 threads',
      passedOver: [{ backend: 'cuda', reason: 'No NVIDIA GPU was found.' }],
    }),

    processor: () => this.#processor,
    leaveCoreFree: leaveCoreFree => {
      this.#processor = { ...this.#processor, leaveCoreFree }
      return this.#processor
    },

    openData: choice => {
      this.calls.push('openData')
      const opened = summary(choice ?? this.#choice, this.dataSets)
      this.#choice = choice ?? this.#choice
      return opened
    },
    images: ({ split, indices }) => fakeImages(split, indices),
    sampleImages: ({ split, count, seed }) => {
      this.calls.push('sampleImages')
      const available = split === 'train' ? this.#data.trainCount : this.#data.testCount
      return fakeImages(split, Random.seeded(seed, 'display').sample(available, count))
    },
    samplePairs: ({ count, seed }) => fakePairs(this.#data, count, seed),

    previewAugmentation: request => {
      this.calls.push('previewAugmentation')
      return fakeAugmentation(this.#data.trainCount, request)
    },

    start: ({ hyperparameters, data, warmFrom }) => {
      this.calls.push('start')
      if (warmFrom !== null && !this.library.runs.some(({ name }) => name === warmFrom))
        throw invalidInput(`There is no saved run "${warmFrom}".`)
      const started = this.training.start(hyperparameters, data, { warmFrom })
      this.#choice = data
      return started
    },
    openRun: of => {
      this.calls.push('openRun')
      const found = this.library.runs.find(({ name, folder }) =>
        'name' in of ? name === of.name : folder === of.folder,
      )
      if (found?.about === undefined || found.about === null)
        throw invalidInput(`There is no saved run "${'name' in of ? of.name : of.folder}".`)
      const { trainCount, testCount, choice } = found.about.data
      const opened = choice ?? { kind: 'digits', trainCount, testCount }
      // As a real one is, it is refused where its images are gone.
      this.dataSets.countsOf(opened)
      this.#choice = opened
      return this.training.open(found.about, found.folder, choice)
    },
    ...this.checkpoints.handlers,
    resumeInterrupted: ({ name }) => {
      this.calls.push('resumeInterrupted')
      const { iteration, iterations } = this.checkpoints.take(name)
      return this.training.start({ ...defaults, iterations }, this.#choice, { iteration })
    },
    goOn: () => {
      this.calls.push('goOn')
      const { hyperparameters, iteration } = this.training.state
      if (hyperparameters === null) throw invalidInput('There is no such run.')
      return this.training.start(hyperparameters, this.#choice, { iteration })
    },
    pause: () => this.#control('pause'),
    resume: () => this.#control('resume'),
    step: () => this.#control('step'),
    stop: () => this.#control('stop'),

    training: (_, { signal }) => this.#follow(signal, training => training.state),
    losses: ({ fromIteration }, { signal }) => {
      this.calls.push(`losses from ${fromIteration}`)
      return this.#followLosses(fromIteration, signal)
    },
    points: (_, { signal }) => this.#follow(signal, training => training.points(this.#data.testCount)),

    evaluations: (_, { signal }) => this.#follow(signal, training => training.evaluationSeries),
    runEvaluations: ({ name }) => this.library.evaluationsOf(name),
    ...this.library.handlers,
    ...fakeExports,
    ...fakeEncoders(
      () => this.training,
      () => this.#choice,
    ),
    ...this.sweeps.handlers,
    ...this.dataSets.handlers,

    ...fakeMoments(
      () => this.training,
      () => this.#data,
      (signal, read) => this.#follow(signal, read),
    ),

    ...fakeSearchHandlers(
      () => this.training.state,
      () => this.#points(),
    ),

    analyse: () => fakeAnalysis(this.#points()),
    suspects: ({ most }) => this.#corrections.suspects(this.#points(), most),
    corrections: () => this.#corrections.told(),
    correct: correction => this.#corrections.correct(correction),
    uncorrect: one => this.#corrections.uncorrect(one),
    clearCorrections: () => this.#corrections.clear(),
    trainPoints: () => fakeTrainPoints(this.training, this.#data.trainCount),
    measure: () => fakeMeasures(this.#points(), this.training.state),
  }

  get #data() {
    return this.dataSets.countsOf(this.#choice)
  }

  #points() {
    return this.training.points(this.#data.testCount)
  }

  #control(name: 'pause' | 'resume' | 'step' | 'stop') {
    this.calls.push(name)
    return this.training[name]()
  }

  async *#follow<T>(
    signal: AbortSignal,
    read: (training: FakeTraining) => T | null,
  ): AsyncGenerator<T, void> {
    const { training } = this
    for await (const _ of training.changes.follow(signal)) {
      const item = read(training)
      if (item !== null) yield item
    }
  }

  async *#followLosses(fromIteration: number, signal: AbortSignal) {
    const fake = this.training
    let whose = fake.state.training
    let next = fromIteration
    for await (const _ of fake.changes.follow(signal)) {
      const { training, iteration } = fake.state
      if (training !== whose) next = 1
      whose = training
      if (iteration < next) continue
      yield { training, firstIteration: next, losses: fake.losses.slice(next - 1, iteration) }
      next = iteration + 1
    }
  }
}

function summary(choice: DataChoice, dataSets: FakeDataLibrary): DataSummary {
  const { trainCount, testCount } = dataSets.countsOf(choice)
  const found = dataSets.dataSets.find(({ id }) => choice.kind === 'imported' && id === choice.id)
  return {
    id: found?.id ?? 'digits',
    name: found?.name ?? 'digits',
    classes: fakeClasses(),
    ...fakeShape(),
    trainCount,
    testCount,
    testLabels: Uint16Array.from({ length: testCount }, (_, index) => fakeLabel(index)),
    corrections: '',
    missing: null,
  }
}
