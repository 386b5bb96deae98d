import { describe, expect, onTestFinished, test } from 'vitest'
import { EngineProcess } from '../../../../../src/main/host/engine-process/engine-process.ts'
import { forkedEngine } from '../../../../../src/main/host/engine-process/forked-engine.ts'
import { contract } from '../../../../../src/shared/contract.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import {
  deafEntry,
  fakeEntry,
  isAlive,
  until,
  untilGone,
} from '../../../../fixtures/engine-process/processes.ts'

interface Setting {
  readonly entry?: string
  readonly backend?: string
  /** Of the engine started as number `start`, from 0. */
  readonly environment?: (start: number) => Readonly<Record<string, string>>
}

/** A supervised fake engine, ended with the test, and all that was logged and told. */
function start({ entry = fakeEntry, backend, environment = () => ({}) }: Setting = {}) {
  const logged: string[] = []
  const notices: string[] = []
  const log = (text: string) => logged.push(text)
  const fork = forkedEngine(entry, log)
  const pids: number[] = []
  const engine = new EngineProcess({
    start: (more, onEnd) => {
      const child = fork({ TWINLENS_BACKEND: '', ...environment(pids.length), ...more }, onEnd)
      pids.push(child.pid as number)
      return child
    },
    ladder: ['cuda', 'native', 'wasm', 'cpu'],
    backend,
    graceMs: 1000,
    log,
    onStop: notice => notices.push(notice),
  })
  onTestFinished(() => engine.close())
  const told: string[] = []
  const client = async () => createClient(contract, await engine.connect(notice => told.push(notice)))
  const kill = () => process.kill(engine.pid as number, 'SIGKILL')
  return { engine, client, kill, logged, notices, told, pids }
}

const crashed = expect.objectContaining({ name: 'TwinlensError', kind: 'engine-crashed' })
const compared = { first: { kind: 'test', index: 0 }, second: { kind: 'test', index: 1 } } as const

describe('an engine', () => {
  test('is another process, and the same one for every window', async () => {
    const { engine, client } = start()
    const [one, other] = [await client(), await client()]
    const devices = [(await one.backend()).device, (await other.backend()).device]
    expect(devices).toEqual([String(engine.pid), String(engine.pid)])
    expect(engine.pid).not.toBe(process.pid)
  })

  test('is heard: what it prints is logged', async () => {
    const { client, logged } = start()
    await (await client()).backend()
    expect(logged.join('')).toContain('the fake engine speaks')
  })

  test('starts with the backend that was asked for', async () => {
    const { client } = start({ backend: 'wasm' })
    expect(await (await client()).backend()).toMatchObject({ backend: 'wasm' })
  })
})

describe('an engine that is killed', () => {
  test('fails what was pending for every window, tells why before the port closes, and is followed by another', async () => {
    const { engine, client, kill, notices, pids } = start()
    const first = await client()
    const order: string[] = []
    const port = await engine.connect(notice => order.push(notice))
    port.onClose(() => order.push('closed'))
    const second = createClient(contract, port)
    await Promise.all([first.backend(), second.backend()])
    const pending = Promise.allSettled([first.compare(compared), second.compare(compared)])
    kill()
    expect(await pending).toEqual([
      { status: 'rejected', reason: crashed },
      { status: 'rejected', reason: crashed },
    ])
    const notice = 'The engine stopped unexpectedly and was started again.'
    expect(order).toEqual([notice, 'closed'])
    expect(notices).toEqual([notice])
    const next = await (await client()).backend()
    expect(next.device).toBe(String(pids[1]))
    expect(next.device).not.toBe(String(pids[0]))
    await expect(first.backend()).rejects.toEqual(crashed)
  })

  test('is not told to a window that left before', async () => {
    const { engine, client, kill, told } = start()
    const gone = await engine.connect(() => told.push('to one that is gone'))
    const left = new Promise<void>(resolve => gone.onClose(resolve))
    gone.close()
    await left
    await client()
    kill()
    await until(() => told.length > 0)
    expect(told).toEqual(['The engine stopped unexpectedly and was started again.'])
  })

  test('three times in a row comes back on the next lower backend, and says so', async () => {
    const { client, kill, notices, told } = start({ backend: 'native' })
    for (let crash = 0; crash < 3; crash++) {
      const engine = await client()
      expect(await engine.backend()).toMatchObject({ backend: 'native' })
      kill()
      await until(() => notices.length > crash)
    }
    expect(await (await client()).backend()).toMatchObject({ backend: 'wasm' })
    expect(notices[2]).toBe('The engine kept stopping, so it was started again with a slower backend: wasm.')
    expect(told).toEqual(notices)
  })
})

describe('an engine that ends while it starts', () => {
  test('is tried again, until one stays', async () => {
    const { client, logged, pids } = start({ environment: count => (count < 2 ? { FAKE_EXIT: '3' } : {}) })
    await until(async () => {
      const engine = await client()
      return engine.backend().then(
        () => true,
        () => false,
      )
    })
    expect(pids).toHaveLength(3)
    expect(logged.filter(line => line.includes('exit code 3'))).toHaveLength(2)
  })

  test('because of a backend that cannot be had steps on to one that can', async () => {
    const { client, notices } = start({
      environment: () => ({ FAKE_BACKENDS: 'cuda,wasm', FAKE_CRASH: 'cuda' }),
    })
    await until(async () => {
      const engine = await client()
      return engine.backend().then(
        ({ backend }) => backend === 'wasm',
        () => false,
      )
    })
    expect(notices.at(-1)).toContain('wasm')
    expect(notices).toHaveLength(4) // three times cuda, and native, which is not there
  })

  test('is no reason to leave what a person chose and cannot have: the engine says why not', async () => {
    const { client, notices } = start({ backend: 'native', environment: () => ({ FAKE_BACKENDS: 'cpu' }) })
    const engine = await client()
    await expect(engine.backend()).rejects.toEqual(expect.objectContaining({ kind: 'no-backend' }))
    await expect(engine.backend()).rejects.toEqual(expect.objectContaining({ kind: 'no-backend' }))
    expect(notices).toEqual([])
  })

  test('because its module is not there, is told and harms nobody else', async () => {
    const { notices, logged } = start({ entry: '/nowhere/entry.ts' })
    await until(() => notices.length > 0 && logged.join('').includes('Cannot find module'))
  })
})

describe('closing', () => {
  test('ends the engine by its own will, without a notice or another start', async () => {
    const { engine, client, pids, notices, told, logged } = start()
    await (await client()).backend()
    await engine.close()
    expect(isAlive(pids[0] as number)).toBe(false)
    expect(logged.at(-1)).toBe('The engine ended (exit code 0).\n')
    expect([...notices, ...told]).toEqual([])
    expect(pids).toHaveLength(1)
    await expect(engine.connect(() => undefined)).rejects.toEqual(crashed)
  })

  test('while none runs lets nobody wait for the next', async () => {
    const { engine, kill, pids } = start()
    const outcome = new Promise((resolve, reject) => {
      const closeNow = () => {
        engine.connect(() => undefined).then(reject, resolve)
        void engine.close()
      }
      void engine.connect(closeNow).then(kill)
    })
    expect(await outcome).toEqual(crashed)
    expect(pids).toHaveLength(1)
  })

  test('kills one that does not end when it is asked to', async () => {
    const { engine, pids, logged } = start({ entry: deafEntry })
    await until(() => logged.includes('deaf\n'))
    await engine.close()
    await untilGone(pids[0] as number)
    expect(logged.at(-1)).toBe('The engine ended (signal SIGKILL).\n')
  })
})
