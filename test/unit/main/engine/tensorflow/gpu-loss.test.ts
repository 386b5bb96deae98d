import { beforeEach, describe, expect, test, vi } from 'vitest'

const current = vi.hoisted(() => ({ backend: 'webgpu' }))
vi.mock('@tensorflow/tfjs-core', () => ({ getBackend: () => current.backend }))

/** A device that is lost, or refuses a command, when the test says so. */
class FakeDevice extends EventTarget {
  readonly #lost = Promise.withResolvers<{ reason: string; message: string }>()
  readonly lost = this.#lost.promise

  lose(message: string): void {
    this.#lost.resolve({ reason: 'unknown', message })
  }

  refuse(message: string): void {
    this.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: new Error(message) }))
  }
}

/** As in a process of its own, for a device that is lost stays lost. */
async function fresh() {
  vi.resetModules()
  const loss = await import('../../../../../src/main/engine/tensorflow/gpu-loss.ts')
  const device = new FakeDevice()
  loss.watchDevice(device as unknown as GPUDevice)
  return { ...loss, device }
}

const never = new Promise<never>(() => undefined)

beforeEach(() => {
  current.backend = 'webgpu'
})

describe('work on a graphics card', () => {
  test('comes to what it comes to while the card is there', async () => {
    const { unlessGpuLost, gpuLoss } = await fresh()
    await expect(unlessGpuLost(Promise.resolve(7))).resolves.toBe(7)
    expect(gpuLoss()).toBeUndefined()
  })

  test('ends when the card is lost, even if it would wait for ever', async () => {
    const { unlessGpuLost, gpuLoss, device } = await fresh()
    const work = unlessGpuLost(never)
    device.lose('Device was removed.\n - While looking at it')
    await expect(work).rejects.toMatchObject({ name: 'GpuLost', message: 'Device was removed' })
    expect(gpuLoss()?.message).toBe('Device was removed')
    await expect(unlessGpuLost(Promise.resolve(7))).rejects.toMatchObject({ name: 'GpuLost' })
  })

  test('ends when the card refuses a command: what it computes from then on is worth nothing', async () => {
    const { unlessGpuLost, device } = await fresh()
    const work = unlessGpuLost(never)
    device.refuse('Out of memory')
    await expect(work).rejects.toMatchObject({ name: 'GpuLost', message: 'Out of memory' })
  })

  test('that broke off a moment before the card said why is known as its loss', async () => {
    const { unlessGpuLost, device } = await fresh()
    const broken = unlessGpuLost(Promise.reject(new Error('A read was aborted')))
    setTimeout(() => device.lose('Gone'), 20)
    await expect(broken).rejects.toMatchObject({ name: 'GpuLost', message: 'Gone' })
  })

  test('that fails by itself fails with its own fault', async () => {
    const { unlessGpuLost } = await fresh()
    await expect(unlessGpuLost(Promise.reject(new Error('Too large')))).rejects.toThrow('Too large')
  })
})

test('work on another backend has nothing to do with a card that was lost', async () => {
  const { unlessGpuLost, device } = await fresh()
  device.refuse('Gone')
  current.backend = 'tensorflow'
  await expect(unlessGpuLost(Promise.resolve(7))).resolves.toBe(7)
})
