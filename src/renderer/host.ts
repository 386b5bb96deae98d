import { BadMessage, decodeFrame, encodeFrame } from '../shared/rpc/frame.ts'
import { makePort, type Port } from '../shared/rpc/port.ts'

/** What a window needs from the program around it. */
export interface Host {
  /** Opens a connection to the engine. @throws when there is none to be had now; trying again later may help */
  connect(): Promise<Connection>
}

export interface Connection {
  readonly port: Port
  /** Asked once the port has closed. */
  whyClosed(): Closed
}

/** Why a port closed: the engine ended, with the host's words on it if it had any, or the way to it is cut. */
export interface Closed {
  readonly by: 'engine' | 'connection'
  readonly words: string
}

declare global {
  interface Window {
    /** Set where Electron shows the window. */
    readonly twinlens?: Host
  }
}

/** Electron's host where there is one, else the server that this page came from. */
export function pickHost(): Host {
  return window.twinlens ?? browserHost(new URL('/socket', window.location.href))
}

/** A host behind a WebSocket; one message is one binary frame. */
export function browserHost(address: URL): Host {
  const url = new URL(address)
  url.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return { connect: () => openSocket(url) }
}

/** Sent by a server that shuts down (RFC 6455, 7.4.1): the engine did not fail. */
const goingAway = 1001

function openSocket(url: URL): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    let closing: Closed = { by: 'connection', words: '' }
    const { port, deliver, closed } = makePort({
      send: message => socket.send(encodeFrame(message)),
      close: () => socket.close(),
    })
    socket.addEventListener('open', () => resolve({ port, whyClosed: () => closing }))
    socket.addEventListener('message', event => {
      const message = decode(event.data)
      if (message instanceof BadMessage) console.warn('Ignored a message that is no frame:', message.message)
      else deliver(message)
    })
    socket.addEventListener('close', event => {
      // The server closes in good order when the engine has ended; a cut wire says nothing.
      if (event.wasClean && event.code !== goingAway) closing = { by: 'engine', words: event.reason }
      closed()
      reject(new Error('The server does not answer.'))
    })
  })
}

function decode(data: unknown): unknown {
  if (!(data instanceof ArrayBuffer)) return new BadMessage('a text message')
  try {
    return decodeFrame(data)
  } catch (error) {
    return error instanceof BadMessage ? error : new BadMessage('unreadable', { cause: error })
  }
}
