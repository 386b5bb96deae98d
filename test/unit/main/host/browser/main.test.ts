import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { WebSocket } from 'ws'
import { openBrowserHost } from '../../../../../src/main/host/browser/main.ts'
import { socketPort } from '../../../../../src/main/host/browser/socket-port.ts'
import { hasDisplay } from '../../../../../src/main/host/browser/terminal.ts'
import { contract } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import { anyTraining } from '../../../../fixtures/engine-process/fake-service.ts'
import {
  fakeEntry,
  hostProgram,
  isAlive,
  realEntry,
  untilGone,
} from '../../../../fixtures/engine-process/processes.ts'
import { ask, enter, openSocket } from '../../../../fixtures/engine-process/requests.ts'
import { temporaryFolder } from '../../../../support/files.ts'

async function folders() {
  const folder = await temporaryFolder()
  const [root, logFolder] = [join(folder, 'renderer'), join(folder, 'logs')]
  await mkdir(root)
  await writeFile(join(root, 'index.html'), '<title>window</title>')
  return { root, logFolder }
}

async function openHost() {
  const { root, logFolder } = await folders()
  const told: string[] = []
  const host = await openBrowserHost({
    root,
    entry: fakeEntry,
    logFolder,
    tell: sentence => told.push(sentence),
  })
  onTestFinished(() => host.close())
  return { host, told, logFolder, window: () => openWindow(host.url) }
}

/** A window as a browser opens it: by the address, then by the cookie. */
async function openWindow(url: string) {
  const { port, origin } = new URL(url)
  const cookie = await enter(url)
  const socket = (await openSocket(Number(port), {
    headers: { Origin: origin, Cookie: cookie },
  })) as WebSocket
  return { socket, client: createClient(contract, socketPort(socket)) }
}

const crashed = expect.objectContaining({ name: 'TwinlensError', kind: 'engine-crashed' })
const compared = { first: { kind: 'test', index: 0 }, second: { kind: 'test', index: 1 } } as const

describe('windows of one host', () => {
  test('share one engine, which is not on the host’s own thread', async () => {
    const { host, window } = await openHost()
    const [one, other] = [await window(), await window()]
    const devices = [(await one.client.backend()).device, (await other.client.backend()).device]
    expect(devices).toEqual([String(host.engine.pid), String(host.engine.pid)])
    expect(devices[0]).not.toBe(String(process.pid))
    await one.client.start(anyTraining)
    for await (const { phase } of other.client.training()) {
      expect(phase).toBe('running')
      break
    }
  })

  test('outlive the engine: what was pending fails, they learn why, and the next engine answers', async () => {
    const { host, told, window, logFolder } = await openHost()
    const [one, other] = [await window(), await window()]
    const before = (await one.client.backend()).device
    await other.client.backend()
    const pending = Promise.allSettled([one.client.compare(compared), other.client.compare(compared)])
    const closed = Promise.all([once(one.socket, 'close'), once(other.socket, 'close')])
    process.kill(host.engine.pid as number, 'SIGKILL')
    for (const result of await pending) expect(result).toEqual({ status: 'rejected', reason: crashed })
    for (const [code, reason] of await closed) {
      expect([code, String(reason)]).toEqual([1012, 'The engine stopped unexpectedly and was started again.'])
    }
    const again = await window()
    expect((await again.client.backend()).device).not.toBe(before)
    expect(told).toEqual([expect.stringContaining('The engine stopped unexpectedly')])
    expect(readFileSync(join(logFolder, 'engine.log'), 'utf8')).toContain(
      'The engine ended (signal SIGKILL).',
    )
  })
})

describe('opening', () => {
  test('without a built window is refused in a sentence, and leaves nothing behind', async () => {
    const { root, logFolder } = await folders()
    const opening = openBrowserHost({ root: join(root, 'nothing'), entry: fakeEntry, logFolder })
    await expect(opening).rejects.toThrow(/^The window has not been built yet\./)
    expect(await readdir(join(logFolder, '..'))).toEqual(['renderer'])
  })

  test('on a port that is taken is refused in a sentence, and starts no engine', async () => {
    const { host } = await openHost()
    const port = Number(new URL(host.url).port)
    const { root, logFolder } = await folders()
    const opening = openBrowserHost({ root, entry: fakeEntry, logFolder, port })
    await expect(opening).rejects.toThrow(`Port ${port} is taken.`)
    expect(await readdir(join(logFolder, '..'))).toEqual(['renderer'])
  })

  test('shows a browser only where it can be seen', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false)
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('darwin', {})).toBe(true)
    expect(hasDisplay('win32', {})).toBe(true)
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(hasDisplay(platform, { CI: 'true', DISPLAY: ':0' })).toBe(false)
    }
  })
})

describe('a host in a terminal', () => {
  /** A host with one window, and all that it printed so far. */
  async function startProgram(entry = fakeEntry) {
    const { root, logFolder } = await folders()
    const env = { ...process.env, TWINLENS_BACKEND: 'cpu', TWINLENS_DATA: logFolder }
    const child = spawn(process.execPath, [hostProgram, root, entry, logFolder], { env })
    onTestFinished(() => void child.kill('SIGKILL'))
    const printed: string[] = []
    createInterface(child.stderr).on('line', line => printed.push(line))
    const lines = createInterface(child.stdout).on('line', line => printed.push(line))
    await once(lines, 'line')
    const url = printed[0]?.replace('Twinlens is open at ', '') as string
    const { client } = await openWindow(url)
    return { child, url, printed, client, logFolder }
  }
  const ended = async (child: ChildProcess) => (await once(child, 'exit')) as [number | null, string | null]

  test('prints an address that lets in, and its port is open to nobody without it', async () => {
    const { url } = await startProgram()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
    expect((await ask(Number(new URL(url).port))).status).toBe(403)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('ends with its engine, and well, on %s', async signal => {
    const { child, client } = await startProgram()
    const engine = Number((await client.backend()).device)
    child.kill(signal)
    expect(await ended(child)).toEqual([0, null])
    await untilGone(engine)
  })

  test('saves a training on Ctrl-C', async () => {
    const { child, client, printed } = await startProgram()
    await client.start(anyTraining)
    child.kill('SIGINT')
    expect(await ended(child)).toEqual([0, null])
    expect(printed).toContain('Saved as a folder')
  })

  test('that is killed outright leaves no engine behind, a real one in mid training neither', async () => {
    const { child, client, logFolder } = await startProgram(realEntry)
    await client.start({
      hyperparameters: { ...defaults, iterations: 1_000_000, batchSize: 10, hiddenSizes: [8] },
      data: { trainCount: 100, testCount: 50 },
    })
    for await (const { iteration } of client.training()) if (iteration > 0) break
    const log = readFileSync(join(logFolder, 'engine.log'), 'utf8')
    const engine = Number(/started as process (\d+)/.exec(log)?.[1])
    expect(isAlive(engine)).toBe(true)
    child.kill('SIGKILL')
    await ended(child)
    await untilGone(engine)
  })
})
