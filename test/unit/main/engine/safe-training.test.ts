import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { SafeTraining, type TrainingEvent } from '../../../../src/main/engine/safe-training.ts'
import { type BackendReport, openBackend } from '../../../../src/main/engine/tensorflow/backends.ts'
import type { Network } from '../../../../src/main/engine/twin/network/network.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'
import { stripes } from '../../../support/images.ts'

/** A graphics card that WebAssembly stands for: it is lost when the test says so. */
const card = vi.hoisted(() => ({ isThere: true, reasons: [] as string[] }))
vi.mock('../../../../src/main/engine/tensorflow/gpu-loss.ts', async importActual => {
  const actual = await importActual<typeof import('../../../../src/main/engine/tensorflow/gpu-loss.ts')>()
  const unlessGpuLost = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    if (!card.isThere) {
      card.isThere = true
      throw new actual.GpuLost('unplugged')
    }
    return result
  }
  return { ...actual, unlessGpuLost }
})
vi.mock('../../../../src/main/engine/tensorflow/gpu-choice.ts', () => ({
  chooseFor: async (opened: BackendReport) => ({ ...opened, backend: 'webgpu' }),
  stepDown: async (opened: BackendReport, reason: string) => {
    card.reasons.push(reason)
    return opened
  },
}))

const hyperparameters = { ...defaults, hiddenSizes: [8], batchSize: 10, learningRate: 1e-2, iterations: 40 }
let backend: BackendReport
beforeAll(async () => {
  backend = await openBackend('wasm')
})
beforeEach(() => {
  card.isThere = true
  card.reasons = []
})

const start = (): SafeTraining =>
  new SafeTraining({ images: stripes(60, 3), hyperparameters, backend, singleSteps: () => true })

/** @param react is told how many iterations are done, after each */
async function run(training: SafeTraining, react: (done: number, stop: AbortController) => void = () => {}) {
  const stop = new AbortController()
  const events: TrainingEvent[] = []
  const losses: number[] = []
  for await (const event of training.run(stop.signal)) {
    events.push(event)
    if (event.kind !== 'losses') continue
    expect(event.firstIteration).toBe(losses.length + 1)
    losses.push(...event.losses)
    react(losses.length, stop)
  }
  const told = events.filter(event => event.kind === 'backend')
  return { losses, told: told.map(({ report, notice }) => ({ backend: report.backend, notice })) }
}

const firstKernel = async ({ tensors }: Network): Promise<number[]> => [
  ...(await tensors['layer1.kernel']!.data()),
]

async function uninterrupted() {
  const training = start()
  const { losses } = await run(training)
  const kernel = await training.withNetwork(firstKernel)
  training.dispose()
  return { losses, kernel }
}

const notice = (iteration: number): string =>
  `The graphics card was lost at iteration ${iteration} (unplugged). The training goes on with wasm; what was learned is safe.`

describe('a training whose graphics card is lost', () => {
  test('tells every loss once, says what happened, and learns the same', async () => {
    const expected = await uninterrupted()
    const training = start()
    const { losses, told } = await run(training, done => {
      card.isThere = done !== 17
    })
    expect(told).toEqual([
      { backend: 'webgpu', notice: null },
      { backend: 'wasm', notice: notice(17) },
    ])
    expect(card.reasons).toEqual(['The graphics card was lost at iteration 17 (unplugged).'])
    expect(losses).toEqual(expected.losses)
    const kernel = await training.withNetwork(firstKernel)
    expect(kernel).toEqual(expected.kernel)
    training.dispose()
  })

  test('and that is stopped then keeps all that was learned', async () => {
    const expected = await uninterrupted()
    const { losses } = await run(start(), (done, stop) => {
      card.isThere = done !== 17
      if (done === 17) stop.abort()
    })
    expect(losses).toEqual(expected.losses.slice(0, 17))
  })

  test('after its last iteration computes what is left on the next backend, with what was learned', async () => {
    const { kernel } = await uninterrupted()
    const training = start()
    await run(training)
    card.isThere = false
    let tries = 0
    const read = await training.withNetwork(async network => {
      tries++
      return firstKernel(network)
    })
    expect(read).toEqual(kernel)
    expect(tries).toBe(2)
    expect(training.news()).toMatchObject({ report: { backend: 'wasm' }, notice: notice(40) })
    training.dispose()
  })

  test('any other fault is left to whoever runs it', async () => {
    const training = start()
    await run(training)
    const failing = training.withNetwork(() => Promise.reject(new Error('a bug')))
    await expect(failing).rejects.toThrow('a bug')
    training.dispose()
  })
})
