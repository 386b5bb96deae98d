import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { BackendReport } from '../../../../../src/main/engine/tensorflow/backends.ts'

/** What the modules around the choice say and were told. */
const world = vi.hoisted(() => ({
  current: 'native',
  offer: { name: 'Some card', adapter: {}, software: false } as object | undefined,
  loss: undefined as Error | undefined,
  startFails: undefined as Error | undefined,
  starts: 0,
  mark: [] as string[],
}))
vi.mock('../../../../../src/main/engine/tensorflow/backends.ts', () => ({
  switchTo: async (backend: string) => {
    world.current = backend
  },
  openBelow: async ({ passedOver }: BackendReport, reason: string) => {
    world.current = 'native'
    return { ...native, passedOver: [...passedOver, { backend: 'webgpu', reason }] }
  },
}))
vi.mock('../../../../../src/main/engine/tensorflow/gpu-offer.ts', () => ({
  offeredGpu: () => world.offer,
  gpuCrashMark: () => ({
    set: (name: string) => world.mark.push(name),
    clear: () => world.mark.splice(0),
  }),
}))
vi.mock('../../../../../src/main/engine/tensorflow/webgpu.ts', () => ({
  startWebGpu: async () => {
    if (world.startFails !== undefined) throw world.startFails
    world.starts++
    return { description: 'WebGPU', tensorflow: null, device: 'Some card' }
  },
}))
vi.mock('../../../../../src/main/engine/tensorflow/gpu-loss.ts', () => ({
  gpuLoss: () => world.loss,
  unlessGpuLost: (work: Promise<unknown>) => work,
}))

const native: BackendReport = {
  backend: 'native',
  description: 'TensorFlow',
  tensorflow: '2.21.0',
  device: 'Some processor',
  passedOver: [{ backend: 'cuda', reason: 'No NVIDIA driver is installed.' }],
}
const opened: BackendReport = {
  ...native,
  passedOver: [...native.passedOver, { backend: 'webgpu', reason: 'It is measured later.' }],
}

/** As in a process of its own. */
async function fresh() {
  vi.resetModules()
  return import('../../../../../src/main/engine/tensorflow/gpu-choice.ts')
}

/** A training that takes so many ms an iteration, and where it was measured. */
function job(ms: { webgpu: number; native: number }, key = 'a job') {
  const measured: string[] = []
  const measure = async () => {
    measured.push(world.current)
    return ms[world.current as keyof typeof ms]
  }
  return { key, measure, measured }
}

beforeEach(() => {
  world.current = 'native'
  world.offer = { name: 'Some card', adapter: {}, software: false }
  world.loss = undefined
  world.startFails = undefined
  world.starts = 0
  world.mark = []
})

describe('a graphics card that is faster for a training', () => {
  test('trains it, and the report says by how much', async () => {
    const { chooseFor } = await fresh()
    const faster = job({ webgpu: 9.2, native: 23.14 })
    const report = await chooseFor(opened, faster)
    expect(report).toEqual({
      backend: 'webgpu',
      description: 'WebGPU: 9.20 ms an iteration of this training, native 23.1 ms',
      tensorflow: null,
      device: 'Some card',
      passedOver: native.passedOver,
    })
    expect(world.current).toBe('webgpu')
    expect(faster.measured).toEqual(['native', 'webgpu'])
  })

  test('is marked as in use until the training is over', async () => {
    const { chooseFor, handBack } = await fresh()
    await chooseFor(opened, job({ webgpu: 1, native: 2 }))
    expect(world.mark).toEqual(['Some card'])
    await handBack(opened)
    expect(world.mark).toEqual([])
    expect(world.current).toBe('native')
  })

  test('is measured once for trainings alike, and again for another', async () => {
    const { chooseFor } = await fresh()
    const jobs = ['a', 'a', 'b'].map(key => job({ webgpu: 1, native: 2 }, key))
    for (const one of jobs) await chooseFor(opened, one)
    expect(jobs.map(({ measured }) => measured.length)).toEqual([2, 0, 2])
    expect(world.starts).toBe(1)
  })
})

describe('a graphics card is passed over, and left alone,', () => {
  test('where it is slower: with the figures', async () => {
    const { chooseFor } = await fresh()
    const report = await chooseFor(opened, job({ webgpu: 31, native: 23.1 }))
    expect(report.backend).toBe('native')
    expect(report.passedOver.at(-1)).toEqual({
      backend: 'webgpu',
      reason: 'Some card takes 31.0 ms an iteration of this training, native 23.1 ms.',
    })
    expect([world.current, world.mark]).toEqual(['native', []])
  })

  test('where it cannot be used: with the fault, and for good', async () => {
    const { chooseFor } = await fresh()
    world.startFails = new Error('It has no memory')
    const reports = [await chooseFor(opened, job({ webgpu: 1, native: 2 }))]
    world.startFails = undefined
    reports.push(await chooseFor(opened, job({ webgpu: 1, native: 2 })))
    for (const { backend, passedOver } of reports) {
      expect(backend).toBe('native')
      expect(passedOver.at(-1)?.reason).toBe('Some card could not be used: It has no memory.')
    }
    expect([world.current, world.mark, world.starts]).toEqual(['native', [], 0])
  })

  test('where it does not come to an end: after a while', async () => {
    vi.useFakeTimers()
    try {
      const { chooseFor } = await fresh()
      const left: AbortSignal[] = []
      const hangs = async (signal: AbortSignal): Promise<number> => {
        left.push(signal)
        return world.current === 'webgpu' ? new Promise(() => undefined) : 2
      }
      const choosing = chooseFor(opened, { key: 'hangs', measure: hangs })
      await vi.advanceTimersByTimeAsync(60_000)
      expect((await choosing).passedOver.at(-1)?.reason).toMatch(/^Some card could not be used: .*hangs\.$/)
      expect(left.map(({ aborted }) => aborted)).toEqual([false, true])
    } finally {
      vi.useRealTimers()
    }
  })

  test('where it was lost before', async () => {
    const { chooseFor } = await fresh()
    world.loss = new Error('device removed')
    const lost = job({ webgpu: 1, native: 2 })
    const report = await chooseFor(opened, lost)
    expect(report.backend).toBe('native')
    expect(report.passedOver.at(-1)?.reason).toBe('The graphics card was lost: device removed.')
    expect(lost.measured).toEqual([])
  })
})

describe('nothing is measured', () => {
  test('where there is no graphics card', async () => {
    const { chooseFor } = await fresh()
    world.offer = undefined
    const one = job({ webgpu: 1, native: 2 })
    expect(await chooseFor(opened, one)).toBe(opened)
    expect(one.measured).toEqual([])
  })

  test('where WebGPU was asked for', async () => {
    const { chooseFor } = await fresh()
    const forced: BackendReport = { ...native, backend: 'webgpu' }
    const one = job({ webgpu: 1, native: 2 })
    expect(await chooseFor(forced, one)).toBe(forced)
    expect(one.measured).toEqual([])
  })
})

describe('stepping down', () => {
  test('goes back to the backend that was opened, and says why', async () => {
    const { stepDown } = await fresh()
    world.current = 'webgpu'
    const report = await stepDown(opened, 'It was lost.')
    expect(report).toMatchObject({ backend: 'native' })
    expect(report.passedOver.at(-1)).toEqual({ backend: 'webgpu', reason: 'It was lost.' })
    expect(world.current).toBe('native')
  })

  test('opens the next lower one where WebGPU itself had been opened', async () => {
    const { stepDown } = await fresh()
    const report = await stepDown({ ...native, backend: 'webgpu' }, 'It was lost.')
    expect(report).toMatchObject({ backend: 'native' })
    expect(report.passedOver.at(-1)).toEqual({ backend: 'webgpu', reason: 'It was lost.' })
  })
})
