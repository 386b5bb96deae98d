import { setTimeout } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { utilityEngine } from '../../../../../../src/main/host/electron/engine/utility-engine.ts'
import { EngineLink } from '../../../../../../src/main/host/electron/link/engine-link.ts'
import { MainPort } from '../../../../../../src/main/host/electron/link/main-port.ts'
import { EngineProcess } from '../../../../../../src/main/host/engine-process/engine-process.ts'
import { contract } from '../../../../../../src/shared/contract.ts'
import { createClient } from '../../../../../../src/shared/rpc/client.ts'
import { type FakePortMain, fakeChannel } from '../../../../../fakes/electron/channel.ts'
import { fakeUtilityProcess } from '../../../../../fakes/electron/utility-process.ts'
import { fakeService } from '../../../../../fixtures/engine-process/fake-service.ts'
import { until } from '../../../../../fixtures/engine-process/processes.ts'

/** The supervisor that every host has, over utility processes. */
function start() {
  const { fork, children } = fakeUtilityProcess(({ TWINLENS_BACKEND: backend = 'cuda' }) => ({
    ...fakeService(),
    backend: () => ({ backend, description: '', device: '', passedOver: [] }),
  }))
  const logged: string[] = []
  const notices: string[] = []
  const log = (text: string) => logged.push(text)
  const killed: number[] = []
  const kill = (pid: number) => {
    killed.push(pid)
    children.find(child => child.process.pid === pid)?.crash(9)
  }
  const engine = new EngineProcess({
    start: utilityEngine({ fork, newChannel: fakeChannel, entry: 'engine.js', digits: 'digits', log, kill }),
    ladder: ['cuda', 'native', 'wasm', 'cpu'],
    log,
    onStop: notice => notices.push(notice),
    graceMs: 20,
  })
  onTestFinished(() => engine.close())
  const client = async () => createClient(contract, await engine.connect(() => undefined))
  return { engine, children, client, logged, notices, killed }
}

test('a process of this program is a port to the engine like any other', async () => {
  const { client } = start()
  expect(await (await client()).backend()).toMatchObject({ backend: 'cuda' })
})

test('a window’s messages go straight to the engine: what this process keeps of the port carries nothing', async () => {
  const { engine } = start()
  const link = new EngineLink((...given) => engine.connect(...given))
  let end: unknown
  await link.open(given => {
    end = given
  })
  const window = createClient(contract, new MainPort(end as Electron.MessagePortMain))
  expect(await window.backend()).toMatchObject({ backend: 'cuda' })
  expect((end as FakePortMain).listenerCount('message')).toBe(1)
})

describe('a port that was handed over', () => {
  test('is no longer of use here', () => {
    const port = new MainPort(fakeChannel().port1)
    port.handOver()
    expect(() => port.post('x')).toThrow('handed over')
    expect(() => port.onMessage(() => undefined)).toThrow('handed over')
    expect(() => port.handOver()).toThrow('in use')
  })

  test('is not closed with what stays here, which tells of its end all the same', async () => {
    const { port1, port2 } = fakeChannel()
    const port = new MainPort(port1)
    let closed = 0
    port.onClose(() => closed++)
    port.handOver()
    port.close()
    const other = new MainPort(port2)
    const heard: unknown[] = []
    other.onMessage(message => heard.push(message))
    port1.postMessage('still open')
    await until(() => heard.length > 0)
    expect({ heard, closed }).toEqual({ heard: ['still open'], closed: 1 })
  })
})

describe('an engine that crashes', () => {
  test('fails what was asked of it, says why to the window, and is followed by another', async () => {
    const { engine, children, client, notices, logged } = start()
    const link = new EngineLink((...given) => engine.connect(...given))
    await link.open(() => undefined)
    const asked = (await client()).compare({
      first: { kind: 'test', index: 0 },
      second: { kind: 'test', index: 1 },
    })
    const failed = expect(asked).rejects.toMatchObject({ kind: 'engine-crashed' })
    children[0]?.crash(11)
    await failed
    expect(await link.ended).toEqual({ words: 'The engine stopped unexpectedly and was started again.' })
    await until(() => children.length === 2)
    expect(await (await client()).backend()).toMatchObject({ backend: 'cuda' })
    expect(notices).toHaveLength(1)
    expect(logged.join('')).toContain('exit code 11')
  })

  test('three times in a row is started with the next lower backend, and the window is told', async () => {
    const { children, client, notices } = start()
    for (let i = 0; i < 3; i++) {
      await until(() => children.length === i + 1)
      await (await client()).backend()
      await setTimeout(5)
      children[i]?.crash()
    }
    await until(() => children.length === 4)
    expect(children.map(({ environment }) => environment['TWINLENS_BACKEND'])).toEqual([
      process.env['TWINLENS_BACKEND'],
      process.env['TWINLENS_BACKEND'],
      process.env['TWINLENS_BACKEND'],
      'native',
    ])
    expect(notices.at(-1)).toBe(
      'The engine kept stopping, so it was started again with a slower backend: native.',
    )
  })
})

test('an engine is asked to end, and ends by itself', async () => {
  const { engine, children, client, killed } = start()
  await (await client()).backend()
  await engine.close()
  expect(children[0]?.messages.at(-1)).toBe('end')
  expect(killed).toEqual([])
})
