import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { maxFrameBytes } from '../../../shared/rpc/frame.ts'
import { joinPorts } from '../../../shared/rpc/multiplex.ts'
import type { Port } from '../../../shared/rpc/port.ts'
import { socketPort } from './socket-port.ts'

/** RFC 6455's registry: the service is restarted, and one may connect again. */
const serviceRestart = 1012
/** While more than this waits to be sent, in bytes, nothing is read: no request that would add to it, and no credit. */
const highWater = 8 * 1024 * 1024
/** A window that lets more than this wait is cut off: two frames of the largest kind. */
const limit = 2 * maxFrameBytes

export interface WindowCounters {
  /** How often reading was held up because too much waited. */
  held: number
  /** The most that waited at once, in bytes. */
  mostWaiting: number
}

export interface WindowOptions {
  /** A port to the engine; see EngineProcess. */
  readonly connect: (onStop: (notice: string) => void) => Promise<Port>
  readonly log: (text: string) => void
  readonly counters?: WindowCounters
}

/**
 * Joins a window to the engine. Streams are bounded by their credit; what calls add to that is bounded here, so that a
 * window that does not read never grows the host's memory.
 * @param connection what the socket runs over
 */
export async function joinWindow(
  socket: WebSocket,
  connection: Duplex,
  options: WindowOptions,
): Promise<void> {
  const { connect, log, counters = { held: 0, mostWaiting: 0 } } = options
  // Until there is an engine, what the window asks stays in its connection.
  socket.on('error', error => log(`A window's connection: ${error.message}\n`))
  socket.pause()
  let engine: Port
  try {
    engine = await connect(notice => socket.close(serviceRestart, notice))
  } catch {
    socket.resume()
    return socket.close(1001, 'Twinlens was closed.')
  }
  joinPorts(
    socketPort(socket, reason => log(`A window sent ${reason}: ignored.\n`)),
    engine,
  )
  engine.onMessage(() => {
    const waiting = socket.bufferedAmount
    counters.mostWaiting = Math.max(counters.mostWaiting, waiting)
    if (waiting > limit) {
      log('A window that did not read was cut off.\n')
      socket.terminate()
    } else if (waiting > highWater && !socket.isPaused) {
      counters.held++
      socket.pause()
      connection.once('drain', () => socket.resume())
    }
  })
  socket.resume()
}
