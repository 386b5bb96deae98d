import type { RawData, WebSocket } from 'ws'
import { BadMessage, decodeFrame, encodeFrame } from '../../../shared/rpc/frame.ts'
import { makePort, type Port } from '../../../shared/rpc/port.ts'

/**
 * A port over an open WebSocket of the package ws, of a server or of a client. One message is one binary frame. Make
 * the server with `maxPayload: maxFrameBytes`, so that a larger one is refused before it is held in memory.
 *
 * @param onRefused learns of what came and was no frame; it was ignored
 */
export function socketPort(socket: WebSocket, onRefused?: (reason: string) => void): Port {
  socket.binaryType = 'arraybuffer'
  const { port, deliver, closed } = makePort({
    // Without the callback, the loss of the other side would be an error of its own; `close` tells of it.
    send: message => socket.send(encodeFrame(message), () => undefined),
    close: () => socket.close(),
  })
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const decoded = decode(data, isBinary)
    if (decoded instanceof BadMessage) onRefused?.(decoded.message)
    else deliver(decoded)
  })
  socket.on('close', closed)
  socket.on('error', () => undefined) // `close` always follows
  if (socket.readyState > socket.OPEN) closed()
  return port
}

function decode(data: RawData, isBinary: boolean): unknown {
  if (!isBinary || !(data instanceof ArrayBuffer)) return new BadMessage('a text message')
  try {
    return decodeFrame(data)
  } catch (error) {
    return error instanceof BadMessage ? error : new BadMessage('unreadable', { cause: error })
  }
}
