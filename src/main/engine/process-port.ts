import type { ChildProcess } from 'node:child_process'
import { makePort, type Port } from '../../shared/rpc/port.ts'

/**
 * The parent's end of a child's channel. The child must have been forked with `serialization: 'advanced'`: JSON takes
 * twelve times longer and turns typed arrays into objects. Closing the port disconnects; it does not end the child.
 */
export function childPort(child: ChildProcess): Port {
  const { port, deliver, closed } = makePort({
    send: message => send(child, message),
    close: () => {
      if (child.connected) child.disconnect()
    },
  })
  child.on('message', deliver)
  // `disconnect` comes after the last message, also when the child was killed; `error` when it never started.
  child.on('disconnect', closed)
  child.on('error', closed)
  if (!child.connected) closed()
  return port
}

/**
 * The child's end.
 * @throws Error when this process was not forked with a channel
 */
export function parentPort(): Port {
  if (process.send === undefined) throw new Error('This process has no channel to a parent.')
  const { port, deliver, closed } = makePort({
    send: message => send(process, message),
    close: () => {
      if (process.connected) process.disconnect()
    },
  })
  process.on('message', deliver)
  process.on('disconnect', closed)
  if (!process.connected) closed()
  return port
}

/** With a callback the loss of the other side is no `error` event: it is told by `disconnect`. */
function send(to: ChildProcess | NodeJS.Process, message: unknown): void {
  if (to.connected) to.send?.(message as object, undefined, undefined, () => undefined)
}
