import { expect, onTestFinished, test } from 'vitest'
import type { Ending } from '../../../../../src/main/host/engine-process/engine-child.ts'
import { forkedEngine } from '../../../../../src/main/host/engine-process/forked-engine.ts'
import { contract } from '../../../../../src/shared/contract.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import { realEntry } from '../../../../fixtures/engine-process/processes.ts'

function start(backend: string) {
  const logged: string[] = []
  const ended = Promise.withResolvers<Ending>()
  const child = forkedEngine(realEntry, text => logged.push(text))(
    { TWINLENS_BACKEND: backend },
    ended.resolve,
  )
  onTestFinished(() => child.kill())
  const client = createClient(contract, child.open())
  return { child, client, logged, ended: ended.promise }
}

test('the engine answers over its channel, stays at Ctrl-C, and ends with the channel', async () => {
  const { child, client, ended } = start('cpu')
  expect(await client.backend()).toMatchObject({ backend: 'cpu' })
  process.kill(child.pid as number, 'SIGINT')
  expect(await client.backend()).toMatchObject({ backend: 'cpu' })
  child.stop()
  expect(await ended).toEqual({ code: 0, signal: null })
})

test('the channel’s end while it still starts ends it too', async () => {
  const { child, ended } = start('cpu')
  child.stop()
  expect(await ended).toEqual({ code: 0, signal: null })
})

test('an engine that cannot compute says so to every question, and in its log', async () => {
  const { client, logged } = start('abacus')
  const message = 'There is no backend "abacus". There are: cuda, webgpu, native, wasm, cpu.'
  const refused = expect.objectContaining({ kind: 'invalid-input', message })
  await expect(client.backend()).rejects.toEqual(refused)
  await expect(client.pause()).rejects.toEqual(refused)
  await expect(client.points()[Symbol.asyncIterator]().next()).rejects.toEqual(refused)
  expect(logged.join('')).toContain('The service could not be opened')
})
