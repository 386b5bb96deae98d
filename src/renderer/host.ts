import { type App, type InjectionKey, inject } from 'vue'
import type { Command, PathKind, Picture } from '../shared/desktop-contract.ts'
import { BadMessage, decodeFrame, encodeFrame } from '../shared/rpc/frame.ts'
import { makePort, type Port } from '../shared/rpc/port.ts'
import { electronHost } from './electron-host.ts'
import { download } from './ui/download.ts'

/** What a window needs from the program around it. */
export interface Host {
  /** Opens a connection to the engine. @throws when there is none to be had now; trying again later may help */
  connect(): Promise<Connection>
  /** Hands a file to the person. @returns once it is theirs, or they did not want it after all */
  save(name: string, file: Blob): Promise<void>
  /** What lies on this machine; null in a browser, which tells nobody where a file lies. */
  readonly disk: Disk | null
  /** Moves all of Twinlens' bin to the system's trash, and tells how many that were; null where only the engine can empty it. */
  readonly trashBin: (() => Promise<number>) | null
  /**
   * Listens to what the program around the window has to say, until the signal aborts. A browser has nothing to say.
   * @param listener the only one there may be
   */
  follow<What extends keyof HostNews>(
    what: What,
    listener: (item: HostNews[What]) => void,
    signal: AbortSignal,
  ): void
}

/** Paths as the engine takes them. */
export interface Disk {
  /** Asks the person. @returns none when they chose nothing */
  choose(kind: PathKind): Promise<readonly string[]>
  /** Where that lies which is being dropped. To be called within the drop's event. */
  droppedPaths(): Promise<readonly string[]>
}

/** What comes from the program around the window; see the desktop contract. */
export interface HostNews {
  readonly commands: Command
  readonly pictures: Picture
  /** Folders of saved runs. */
  readonly runs: string
  readonly notices: string
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

/** By the scheme under which Electron serves the page (src/main/host/electron/security/address.ts). */
export const isDesktop = (): boolean => window.location.protocol === 'twinlens:'

/** Electron's host where it shows this page, else the server that the page came from. */
export const pickHost = (): Host =>
  isDesktop() ? electronHost(window) : browserHost(new URL('/socket', window.location.href))

/** A host behind a WebSocket; one message is one binary frame. */
export function browserHost(address: URL): Host {
  const url = new URL(address)
  url.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return {
    connect: () => openSocket(url),
    save: async (name, file) => download(file, name),
    disk: null,
    trashBin: null,
    follow: () => undefined,
  }
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

const key: InjectionKey<Host> = Symbol('host')

export function provideHost(app: App, host: Host): void {
  app.provide(key, host)
}

/** @throws Error outside of an app that `provideHost` has given one */
export function useHost(): Host {
  const host = inject(key)
  if (host === undefined) throw new Error('No host was provided to this app.')
  return host
}
