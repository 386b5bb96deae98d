import { planRuns } from '../../src/main/engine/sweeps/plan-runs.ts'
import { noSweep, type SweepState, type sweepCalls } from '../../src/shared/contract/sweeps.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import { Changes } from './changes.ts'

/** Sweeps that are begun and stopped, and never come to anything. */
export class FakeSweeps {
  #state: SweepState = noSweep
  readonly #changes = new Changes()

  readonly handlers: Handlers<typeof sweepCalls> = {
    sweeps: () => [],
    sweep: ({ name }) => {
      throw invalidInput(`There is no sweep "${name}".`)
    },
    countSweep: ({ request }) => ({ runs: planRuns('sweep', request).length }),
    startSweep: ({ request, name = 'sweep' }) =>
      this.#tell({ ...noSweep, phase: 'running', name, total: planRuns(name, request).length }),
    resumeSweep: ({ name }) => {
      throw invalidInput(`There is no sweep "${name}".`)
    },
    stopSweep: () => this.#tell({ ...this.#state, phase: 'idle' }),
    sweepState: (_, { signal }) => this.#follow(signal),
  }

  #tell(state: SweepState): SweepState {
    this.#state = state
    this.#changes.announce()
    return state
  }

  async *#follow(signal: AbortSignal): AsyncGenerator<SweepState, void> {
    for await (const _ of this.#changes.follow(signal)) yield this.#state
  }
}
