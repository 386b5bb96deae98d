import { expect, test } from 'vitest'
import { electronHost } from '../../../src/renderer/electron-host.ts'
import { contract } from '../../../src/shared/contract.ts'
import { type DesktopContract, desktopContract } from '../../../src/shared/desktop-contract.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import type { Handlers } from '../../../src/shared/rpc/contract-types.ts'
import { makePort } from '../../../src/shared/rpc/port.ts'
import { serve } from '../../../src/shared/rpc/server.ts'

const over = (end: MessagePort) => {
  const { port, deliver, closed } = makePort({ send: m => end.postMessage(m), close: () => end.close() })
  end.addEventListener('message', e => deliver(e.data))
  end.addEventListener('close', closed)
  end.start()
  return port
}

const openPort = () => new MessageChannel().port1

/** A page with the preload and main behind it, over real ports. */
function page(more: Partial<Handlers<DesktopContract>> = {}) {
  const target = new EventTarget()
  /** End the engines, a word for each. */
  const crash: ((words: string) => void)[] = []
  /** Main's ends, one for every time that the page asked. */
  const main: MessagePort[] = []
  const say = (given: object) =>
    target.dispatchEvent(
      Object.assign(new Event('message'), {
        source: self,
        origin: 'twinlens://app',
        ports: [],
        data: '',
        ...given,
      }),
    )
  const self = Object.assign(target, {
    location: { origin: 'twinlens://app' },
    postMessage: (data: string) => {
      if (data !== 'twinlens:ask') return
      const { port1, port2 } = new MessageChannel()
      main.push(port1)
      let ended = Promise.resolve({ words: '' })
      const silent = async function* () {}
      const handlers: Handlers<DesktopContract> = {
        engine: () => {
          const engine = new MessageChannel()
          const backend = () => ({ backend: 'cpu', description: '', device: '', passedOver: [] })
          serve(contract, { backend } as never, over(engine.port1))
          port1.postMessage('engine', [engine.port2])
          ended = new Promise(resolve => crash.push(words => resolve({ words })))
          return undefined
        },
        engineEnded: () => ended,
        commands: silent,
        pictures: silent,
        runs: silent,
        notices: silent,
        saveFile: () => null,
        choosePaths: () => [],
        trashBin: () => ({ trashed: 0 }),
        ...more,
      }
      serve(desktopContract, handlers, over(port1))
      setTimeout(() => {
        say({ data: 'twinlens:port', ports: [openPort()], origin: 'https://example.org' })
        say({ data: 'twinlens:port', ports: [openPort()], source: {} })
        say({ data: 'other', ports: [openPort()] })
        say({ data: 'twinlens:port' })
        say({ data: 'twinlens:port', ports: [port2] })
      }, 0)
    },
  })
  return { self: self as never, crash, main, say }
}

test('takes the port that its own page was given, and no other', async () => {
  const { self } = page()
  const { port } = await electronHost(self).connect()
  expect(await createClient(contract, port).backend()).toMatchObject({ backend: 'cpu' })
})

test('tells how the engine ended, and connects again over the same port', async () => {
  const { self, crash, main } = page()
  const host = electronHost(self)
  const one = await host.connect()
  const gone = new Promise<void>(resolve => one.port.onClose(resolve))
  crash[0]?.('It broke.')
  await gone
  expect(one.whyClosed()).toEqual({ by: 'engine', words: 'It broke.' })
  const two = await host.connect()
  expect(await createClient(contract, two.port).backend()).toMatchObject({ backend: 'cpu' })
  expect(main).toHaveLength(1)
})

test('asks anew when main left the port', async () => {
  const { self, main } = page()
  const host = electronHost(self)
  const one = await host.connect()
  const gone = new Promise<void>(resolve => one.port.onClose(resolve))
  main[0]?.close()
  await gone
  expect(one.whyClosed().by).toBe('connection')
  await host.connect()
  expect(main).toHaveLength(2)
})

test('follows what main says over its next port too, until it is told to end', async () => {
  let more = () => {}
  let taken = 0
  const notices = async function* (_: undefined, { signal }: { signal: AbortSignal }) {
    yield `notice ${++taken}`
    await new Promise<void>(resolve => {
      more = resolve
      signal.addEventListener('abort', () => resolve())
    })
  }
  const { self, main } = page({ notices })
  const host = electronHost(self)
  const heard: string[] = []
  const end = new AbortController()
  const hear = (count: number) =>
    new Promise<void>(resolve => {
      const look = setInterval(() => {
        if (heard.length < count) return
        clearInterval(look)
        resolve()
      }, 5)
    })
  host.follow('notices', item => heard.push(item), end.signal)
  await hear(1)
  main[0]?.close()
  await hear(2)
  expect(heard).toEqual(['notice 1', 'notice 2'])
  expect(main).toHaveLength(2)
  end.abort()
  more()
  await new Promise(resolve => setTimeout(resolve, 250))
  expect(taken).toBe(2)
})

test('hands a file to main under its name', async () => {
  const saved: unknown[] = []
  const { self } = page({
    saveFile: given => {
      saved.push(given)
      return { name: given.name }
    },
  })
  await electronHost(self).save('loss.csv', new Blob(['1,2\n']))
  expect(saved).toEqual([{ name: 'loss.csv', file: new TextEncoder().encode('1,2\n') }])
})

test('has main move the bin to the system’s trash', async () => {
  const { self } = page({ trashBin: () => ({ trashed: 2 }) })
  expect(await electronHost(self).trashBin?.()).toBe(2)
})

test('asks main for paths', async () => {
  const { self } = page({ choosePaths: ({ kind }) => [`/home/${kind}`] })
  expect(await electronHost(self).disk?.choose('folder')).toEqual(['/home/folder'])
})

test('hears where a dropped thing lies from its own page, which is the preload’s word, and from no other', async () => {
  const { self, say } = page()
  const asked = electronHost(self).disk?.droppedPaths()
  say({ data: { droppedPaths: ['/not mine'] }, origin: 'https://example.org' })
  say({ data: { droppedPaths: ['/not mine'] }, source: {} })
  say({ data: { droppedPaths: [7] } })
  say({ data: { droppedPaths: ['/home/cats'] } })
  expect(await asked).toEqual(['/home/cats'])
})
