import { expect, test } from 'vitest'
import { finishTraining } from '../../../../src/main/host/finish-training.ts'
import { contract, type TwinlensContract } from '../../../../src/shared/contract.ts'
import { createClient } from '../../../../src/shared/rpc/client.ts'
import type { Handlers } from '../../../../src/shared/rpc/contract-types.ts'
import { portPair } from '../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../src/shared/rpc/server.ts'
import { anyTraining, fakeService } from '../../../fixtures/engine-process/fake-service.ts'

function start(
  change: (service: Handlers<TwinlensContract>) => Partial<Handlers<TwinlensContract>> = () => ({}),
) {
  const service = fakeService()
  const open = () => {
    const [near, far] = portPair()
    serve(contract, { ...service, ...change(service) }, far)
    return near
  }
  const stopping: string[] = []
  const finish = (signal = new AbortController().signal) =>
    finishTraining(open(), signal, () => stopping.push('stopping'))
  return { client: createClient(contract, open()), finish, stopping }
}

test('without a training there is nothing to save', async () => {
  const { finish, stopping } = start()
  expect(await finish()).toBeNull()
  expect(stopping).toEqual([])
})

test.each(['running', 'paused'])(
  'one that is %s is stopped, and waited for until it is saved',
  async phase => {
    const { client, finish, stopping } = start()
    await client.start(anyTraining)
    if (phase === 'paused') await client.pause()
    expect(await finish()).toBe('a folder')
    expect(stopping).toEqual(['stopping'])
  },
)

test('one that ended before is left alone', async () => {
  const { client, finish, stopping } = start()
  await client.start(anyTraining)
  await finish()
  expect(await finish()).toBeNull()
  expect(stopping).toEqual(['stopping'])
})

test('one that cannot be saved says why', async () => {
  const { client, finish } = start(service => ({
    stop: async (_, context) => {
      const state = await service.pause(undefined, context)
      return { ...state, phase: 'failed' }
    },
    async *training() {
      const state = await client.pause()
      yield state
      yield { ...state, phase: 'failed', error: { kind: 'disk-full', message: 'The disk is full.' } }
    },
  }))
  await client.start(anyTraining)
  await expect(finish()).rejects.toThrow('The disk is full.')
})

test('waiting is given up when the signal aborts', async () => {
  const { client, finish } = start(() => ({ stop: () => new Promise(() => undefined) }))
  await client.start(anyTraining)
  const controller = new AbortController()
  const finishing = finish(controller.signal)
  setImmediate(() => controller.abort())
  await expect(finishing).rejects.toEqual(expect.objectContaining({ kind: 'cancelled' }))
})
