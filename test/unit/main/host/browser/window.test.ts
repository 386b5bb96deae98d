import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { socketPort } from '../../../../../src/main/host/browser/socket-port.ts'
import { joinWindow, type WindowCounters } from '../../../../../src/main/host/browser/window.ts'
import { contract } from '../../../../../src/shared/contract.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import type { FlowCounters } from '../../../../../src/shared/rpc/flow.ts'
import { encodeFrame } from '../../../../../src/shared/rpc/frame.ts'
import { type Port, portPair } from '../../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../../src/shared/rpc/server.ts'
import { fakeService } from '../../../../fixtures/engine-process/fake-service.ts'
import { until } from '../../../../fixtures/engine-process/processes.ts'

const MiB = 1024 * 1024

/** A window's end of a WebSocket whose other end is joined to what `connect` gives. */
async function open(connect: (onStop: (notice: string) => void) => Promise<Port>) {
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  const counters: WindowCounters = { held: 0, mostWaiting: 0 }
  const logged: string[] = []
  http.on('upgrade', (request, connection: Duplex, head) =>
    sockets.handleUpgrade(request, connection, head, socket => {
      void joinWindow(socket, connection, { connect, log: text => logged.push(text), counters })
    }),
  )
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  const socket = new WebSocket(address)
  await once(socket, 'open')
  onTestFinished(() => {
    socket.terminate()
    http.close()
  })
  return { address, socket, counters, logged, host: () => [...sockets.clients][0] as WebSocket }
}

/** An engine in this process, and what flowed through its streams. */
function engine() {
  const flows: Readonly<FlowCounters>[] = []
  const connect = async () => {
    const [near, far] = portPair()
    serve(contract, fakeService(), far, { onStream: (_, counters) => flows.push(counters) })
    return near
  }
  return { connect, flows }
}

describe('a window', () => {
  test('that comes before the engine waits for it', async () => {
    const { connect } = engine()
    const started = Promise.withResolvers<void>()
    const { address, socket } = await open(() => started.promise.then(connect))
    const answer = createClient(contract, socketPort(socket)).backend()
    // When a later connection is open, the host has had the question.
    const later = new WebSocket(address)
    await once(later, 'open')
    later.terminate()
    started.resolve()
    expect(await answer).toMatchObject({ device: String(process.pid) })
  })

  test('that leaves before the engine comes takes nobody with it', async () => {
    const [near, far] = portPair()
    const started = Promise.withResolvers<Port>()
    const { socket } = await open(() => started.promise)
    const left = new Promise<void>(resolve => far.onClose(resolve))
    socket.terminate()
    await once(socket, 'close')
    started.resolve(near)
    await left
  })

  test('learns why the engine ended as the reason of the close', async () => {
    const [near, far] = portPair()
    let stop: ((notice: string) => void) | undefined
    const { socket } = await open(async onStop => {
      stop = onStop
      return near
    })
    const joined = new Promise(resolve => far.onMessage(resolve))
    socket.send(encodeFrame('hello'))
    expect(await joined).toBe('hello')
    const closed = once(socket, 'close')
    stop?.('The engine stopped.')
    far.close()
    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([1012, 'The engine stopped.'])
  })

  test('that comes while Twinlens closes is told so', async () => {
    const { socket } = await open(() => Promise.reject(new Error('closing')))
    const [code, reason] = await once(socket, 'close')
    expect([code, String(reason)]).toEqual([1001, 'Twinlens was closed.'])
  })

  test('that sends what is no frame is logged and goes on', async () => {
    const { socket, logged } = await open(engine().connect)
    const client = createClient(contract, socketPort(socket))
    socket.send('text')
    expect(await client.backend()).toMatchObject({ device: String(process.pid) })
    expect(logged).toEqual(['A window sent a text message: ignored.\n'])
  })
})

describe('a window that does not read', () => {
  test('is sent no more of a stream than it has room for', async () => {
    const { connect, flows } = engine()
    const { socket } = await open(connect)
    // It asks, grants what a client grants, and never looks at what comes.
    socket.send(encodeFrame({ type: 'request', id: 1, method: 'losses', input: { fromIteration: 1 } }))
    socket.send(encodeFrame({ type: 'credit', id: 1, count: 4 }))
    await until(() => flows[0]?.sent === 4)
    const flow = flows[0] as FlowCounters
    const before = flow.pushed
    await until(() => flow.pushed > before + 10_000)
    expect(flow.sent).toBe(4)
    expect(flow.mostWaiting).toBeLessThanOrEqual(Math.log2(flow.pushed) + 1)
  })

  test('is not read either while its answers wait, and goes on where it was when it reads again', async () => {
    const { connect } = engine()
    const { socket, counters, host } = await open(connect)
    const client = createClient(contract, socketPort(socket))
    await client.backend()
    socket.pause()
    // Each answer is about 0.8 MB: far more than may wait.
    const asked = 200
    let answered = 0
    const answers: Promise<unknown>[] = []
    for (let i = 0; i < asked; i++) {
      const answer = client.sampleImages({ split: 'test', count: 1000, seed: i })
      answers.push(answer.then(() => answered++))
      // Each request in a packet of its own, as a window sends them.
      await new Promise(resolve => setImmediate(resolve))
      if (counters.held > 0) break
    }
    await until(() => counters.held > 0)
    expect(host().isPaused).toBe(true)
    expect(counters.mostWaiting).toBeLessThan(128 * MiB)
    expect(answered).toBe(0)
    socket.resume()
    await Promise.all(answers)
    expect(answered).toBe(answers.length)
    expect(await client.backend()).toMatchObject({ device: String(process.pid) })
  })

  test('and has asked for more than can ever wait is cut off', async () => {
    const [near, far] = portPair()
    const { socket, counters, logged } = await open(async () => near)
    socket.pause()
    const left = new Promise<void>(resolve => far.onClose(resolve))
    const large = new Uint8Array(40 * MiB)
    for (let i = 0; i < 4; i++) far.post(large)
    await left
    expect(logged).toContain('A window that did not read was cut off.\n')
    expect(counters.mostWaiting).toBeGreaterThan(128 * MiB)
    socket.terminate()
  })
})
