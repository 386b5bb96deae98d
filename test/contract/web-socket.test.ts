import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { socketPort } from '../../src/main/host/browser/socket-port.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { maxFrameBytes } from '../../src/shared/rpc/frame.ts'
import { testContract } from '../fixtures/contract/contract.ts'
import { testServer } from '../fixtures/contract/server.ts'
import { contractSuite } from './suite.ts'

contractSuite('WebSocket with binary frames', async () => {
  const serve = testServer()
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: maxFrameBytes })
  server.on('connection', socket => serve(socketPort(socket)))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const kill = () => {
    for (const socket of server.clients) socket.terminate()
  }
  return {
    open: async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`)
      const opened = socketPort(socket)
      await once(socket, 'open')
      return opened
    },
    kill,
    close: () => {
      kill()
      server.close()
    },
  }
})

test('what is no frame is refused, and the socket goes on', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const refused: string[] = []
  const serve = testServer()
  server.on('connection', socket => serve(socketPort(socket, reason => refused.push(reason))))
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  const client = createClient(testContract, socketPort(socket))
  await once(socket, 'open')
  socket.send('text')
  socket.send(new Uint8Array(0))
  socket.send(new Uint8Array(100).fill(7))
  expect(await client.ping()).toBe('pong')
  expect(refused).toHaveLength(3)
  socket.terminate()
  server.close()
})
