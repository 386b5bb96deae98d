import type { checkpointCalls } from '../../src/shared/contract/checkpoints.ts'
import type { InterruptedTraining } from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'

/** An interrupted training as it is listed; another one for another number, the higher the newer. */
export const fakeInterrupted = (number: number, iteration = 1200): InterruptedTraining => ({
  name: `2026-03-04 05-06-${String(number).padStart(2, '0')}`,
  data: 'digits',
  iteration,
  iterations: 3000,
  kept: new Date(Date.UTC(2026, 2, 4, 5, 6, number)).toISOString(),
})

/** Interrupted trainings in memory. */
export class FakeCheckpoints {
  list: readonly InterruptedTraining[] = []

  readonly handlers = {
    interrupted: () => [...this.list],
    discardInterrupted: ({ name }) => {
      this.take(name)
      return undefined
    },
  } satisfies Handlers<typeof checkpointCalls>

  /** Of a training that is under way from now on, or that is discarded. */
  take(name: string): InterruptedTraining {
    const found = this.list.find(one => one.name === name)
    if (found === undefined) throw invalidInput(`There is no interrupted training "${name}".`)
    this.list = this.list.filter(one => one !== found)
    return found
  }
}
