import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'

const ipc = Object.assign(new EventEmitter(), { send: vi.fn() })
const webUtils = { getPathForFile: ({ name }: { name: string }) => `/home/${name}` }
vi.mock('electron', () => ({ ipcRenderer: ipc, webUtils }))

/** The page's window: what it posted to itself, and its way to hear messages. */
const page = {
  location: { origin: 'twinlens://app' },
  posted: [] as unknown[][],
  hear: (_event: unknown) => undefined as unknown,
  drop: (_event: unknown) => undefined as unknown,
  addEventListener: (name: string, listener: (event: unknown) => unknown) => {
    if (name === 'message') page.hear = listener
    if (name === 'drop') page.drop = listener
  },
  postMessage: (...given: unknown[]) => page.posted.push(given),
}
const ask = { source: page, origin: 'twinlens://app', data: 'twinlens:ask' }

beforeEach(async () => {
  vi.resetModules()
  ipc.removeAllListeners()
  ipc.send.mockClear()
  page.posted = []
  vi.stubGlobal('window', page)
  await import('../../../../../src/main/host/electron/preload/preload.ts' as string)
})

test('the page’s question is passed on, without anything beside it', () => {
  page.hear(ask)
  expect(ipc.send.mock.calls).toEqual([['twinlens:ask']])
})

test.each([
  ['another window', { ...ask, source: {} }],
  ['another origin', { ...ask, origin: 'https://example.org' }],
  ['other words', { ...ask, data: 'twinlens:quit' }],
  ['an object', { ...ask, data: { channel: 'twinlens:ask' } }],
])('a message from or of %s is not', (_what, event) => {
  page.hear(event)
  expect(ipc.send).not.toHaveBeenCalled()
})

test('the port is given to the own page only, without the event or any message of main', () => {
  const port = { port: 1 }
  ipc.emit('twinlens:port', { ports: [port], sender: ipc }, { secret: 1 })
  expect(page.posted).toEqual([['twinlens:port', 'twinlens://app', [port]]])
})

test('main is heard on no other channel, and the page is given nothing to call', () => {
  expect(ipc.eventNames()).toEqual(['twinlens:port'])
  expect(Object.keys(page)).not.toContain('twinlens')
})

describe('of a drop', () => {
  const files = [{ name: 'a' }, { name: 'b' }]

  test('the own page is told where what was dropped lies', () => {
    page.drop({ isTrusted: true, dataTransfer: { files } })
    expect(page.posted).toEqual([[{ droppedPaths: ['/home/a', '/home/b'] }, 'twinlens://app']])
  })

  test.each([
    ['a script made up', { isTrusted: false, dataTransfer: { files } }],
    ['without files', { isTrusted: true, dataTransfer: { files: [] } }],
    ['of nothing', { isTrusted: true, dataTransfer: null }],
  ])('%s nothing is told', (_what, event) => {
    page.drop(event)
    expect(page.posted).toEqual([])
  })
})
