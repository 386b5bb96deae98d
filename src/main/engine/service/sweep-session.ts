import { noSweep, type SweepResult } from '../../../shared/contract/sweeps.ts'
import { contract, type SweepState } from '../../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { runSweep } from '../sweeps/run-sweep.ts'
import { openSweep } from '../sweeps/sweep-folder.ts'
import { trainWith } from '../sweeps/train-one.ts'
import type { BackendReport } from '../tensorflow/backends.ts'
import { Emitter } from './emitter.ts'
import type { TrainingSession } from './training-session.ts'

/** The sweep that the engine goes through, started and stopped by any window and told to all of them. */
export class SweepSession {
  readonly states = new Emitter(contract.sweepState)
  #state: SweepState = noSweep
  #stop = new AbortController()
  readonly #session: TrainingSession
  readonly #backend: BackendReport

  /** @param backend as it was opened */
  constructor(session: TrainingSession, backend: BackendReport) {
    this.#session = session
    this.#backend = backend
  }

  get state(): SweepState {
    return this.#state
  }

  /**
   * @param findFolder plans the sweep, or finds it
   * @throws busy; whatever `findFolder` throws; bad-file: the sweep is damaged
   */
  async begin(findFolder: () => Promise<string>): Promise<SweepState> {
    const letGo = this.#session.hold('A sweep is under way. Stop it under Runs, Sweeps, or wait for its end.')
    try {
      const folder = await findFolder()
      const { plan, results } = await openSweep(folder)
      this.#stop = new AbortController()
      const { name, runs } = plan
      const [done, total] = [results.length, runs.length]
      this.#tell({ ...noSweep, phase: 'running', name, done, total, best: bestOf(results) })
      void this.#work(folder, letGo)
      return this.#state
    } catch (error) {
      letGo()
      throw error
    }
  }

  /** @throws invalid-input: there is none to stop */
  stop(): SweepState {
    if (this.#state.phase === 'idle') throw invalidInput('No sweep is under way.')
    this.#stop.abort()
    return this.#tell({ phase: 'stopping' })
  }

  /** Lets the engine go before it says so: whoever hears of the end may begin at once. */
  async #work(folder: string, letGo: () => void): Promise<void> {
    const { signal } = this.#stop
    const train = trainWith(this.#backend, signal, (iteration, iterations) =>
      this.#tell({ iteration, iterations }),
    )
    try {
      for await (const event of runSweep(folder, train, signal)) {
        if (event.kind === 'begin') continue
        const { done, best } = this.#state
        const better = bestOf([event.result])
        const isBest = better !== null && (best === null || better.knnAccuracy > best.knnAccuracy)
        this.#tell({ done: done + 1, best: isBest ? better : best, iteration: 0, iterations: 0 })
      }
      letGo()
      this.#tell({ phase: 'idle' })
    } catch (error) {
      letGo()
      if (!(error instanceof TwinlensError)) console.error(error)
      const message = error instanceof TwinlensError ? error.message : 'The sweep ended unexpectedly.'
      this.#tell({ phase: 'idle', error: message })
    }
  }

  #tell(change: Partial<SweepState>): SweepState {
    this.#state = { ...this.#state, ...change }
    this.states.emit(this.#state)
    return this.#state
  }
}

function bestOf(results: readonly SweepResult[]): SweepState['best'] {
  const found = results.flatMap(({ run, quality }) => {
    const knnAccuracy = quality?.knnAccuracy ?? null
    return knnAccuracy === null ? [] : [{ run, knnAccuracy }]
  })
  return found.toSorted((a, b) => b.knnAccuracy - a.knnAccuracy)[0] ?? null
}
