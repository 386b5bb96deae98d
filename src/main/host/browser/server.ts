import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import serveFiles from '@fastify/static'
import fastify, { type FastifyReply } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import { maxFrameBytes } from '../../../shared/rpc/frame.ts'
import type { Access, Asked, Refusal } from './access.ts'
import { securityHeaders } from './headers.ts'

/** How long windows may take to say goodbye before their connections are cut, in ms. */
const farewellMs = 500

export interface ServerOptions {
  /** The folder of the built window. */
  readonly root: string
  /** 0 for any free one. */
  readonly port: number
  readonly access: Access
  /** A window came in. `connection` is what its WebSocket runs over. */
  readonly onWindow: (socket: WebSocket, connection: Duplex) => void
}

export interface Server {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves the window's files, and WebSockets at /socket, on 127.0.0.1. Who may come in is decided in front of everything
 * else, so that no route, file or error gets around it.
 * @throws Error of listening, EADDRINUSE for one
 */
export async function startServer({ root, port, access, onWindow }: ServerOptions): Promise<Server> {
  const files = fastify({
    serverFactory: handler => guarded(access, handler),
    forceCloseConnections: true,
    // The path is no path (`%zz`); it has come past the guard.
    frameworkErrors: (_, __, reply) => void plain(reply, 400, 'This address cannot be read.'),
    clientErrorHandler: (_, socket) => {
      const { localPort } = socket as { localPort?: number }
      refuseRaw(socket, localPort, { status: 400, sentence: 'This request cannot be read.', headers: {} })
    },
  })
  files.setNotFoundHandler((_, reply) => plain(reply, 404, 'There is no such file.'))
  files.setErrorHandler<Error & { statusCode?: number }>(({ statusCode = 500 }, _, reply) =>
    plain(reply, statusCode, statusCode < 500 ? 'This file is not to be had.' : 'This file cannot be read.'),
  )
  await files.register(serveFiles, { root, dotfiles: 'deny' })

  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false })
  sockets.on('wsClientError', (_, socket, request) => {
    refuseRaw(socket, request.socket.localPort, {
      status: 400,
      sentence: 'This is no WebSocket.',
      headers: {},
    })
  })
  let closing = false
  files.server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy())
    const refused = access.refuseSocket(asked(request))
    if (closing) connection.destroy()
    else if (refused !== undefined) refuseRaw(connection, request.socket.localPort, refused)
    else sockets.handleUpgrade(request, connection, head, socket => onWindow(socket, connection))
  })

  await files.listen({ host: '127.0.0.1', port })
  return {
    port: (files.server.address() as AddressInfo).port,
    close: async () => {
      closing = true // a window that was just told goodbye tries again
      await Promise.all([...sockets.clients].map(farewell))
      await files.close()
    },
  }
}

/** A server that adds the headers and asks `access` before `handler` sees anything. */
function guarded(access: Access, handler: RequestListener) {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(securityHeaders(request.socket.localPort ?? 0))) {
      response.setHeader(name, value)
    }
    const refused = access.refuse(asked(request))
    if (refused === undefined) return handler(request, response)
    // What else it sends is not waited for.
    response
      .writeHead(refused.status, { ...refused.headers, Connection: 'close' })
      .end(`${refused.sentence}\n`)
  }
  // Without a Host the guard refuses, with its own headers.
  return createServer({ requireHostHeader: false }, answer).on('checkExpectation', answer)
}

const asked = ({ method, url, headers, socket }: IncomingMessage): Asked => ({
  method,
  url,
  headers,
  port: socket.localPort ?? 0,
})

const plain = (reply: FastifyReply, status: number, sentence: string): FastifyReply =>
  reply
    .code(status)
    .type('text/plain; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .send(`${sentence}\n`)

/** Answers on a connection that Node gives no response for. */
function refuseRaw(
  connection: Duplex,
  port: number | undefined,
  { status, sentence, headers }: Refusal,
): void {
  const body = `${sentence}\n`
  const all = {
    ...securityHeaders(port ?? 0),
    ...headers,
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  connection.once('finish', () => connection.destroy())
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
}

/** Tells a window that this was no accident, and cuts it off if it does not answer. */
function farewell(socket: WebSocket): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => socket.terminate(), farewellMs)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(1001, 'Twinlens was closed.')
  })
}
