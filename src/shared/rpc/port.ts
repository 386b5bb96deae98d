/**
 * One end of a connection between two sides, whatever carries it: the only thing that the RPC asks of a transport.
 *
 * Messages are structured-clone data: plain objects, arrays, strings, numbers, booleans, null, undefined and typed
 * arrays. They arrive whole, in the order in which they were posted, never during `post` itself.
 */
export interface Port {
  /**
   * Sends one message. On a closed port it does nothing, for a peer may vanish at any time.
   * @throws when the message cannot be carried (a function, say); nothing was sent then
   */
  post(message: unknown): void
  /** `listener` must not throw. Register it in the turn in which the port was made, or messages may be missed. */
  onMessage(listener: (message: unknown) => void): void
  /** `listener` is called once, whichever side closed or died; soon, if the port is closed already. */
  onClose(listener: () => void): void
  /** Messages posted before are still delivered. Closing twice does nothing. */
  close(): void
}

/** What a transport does by itself; `makePort` does the rest. */
export interface Transport {
  /** @throws when the message cannot be carried */
  send(message: unknown): void
  close(): void
}

/** A port, and what its transport calls when something comes from the other side. */
export interface PortControl {
  readonly port: Port
  /** A message came. */
  readonly deliver: (message: unknown) => void
  /** The connection is over, whoever ended it. May be called several times. */
  readonly closed: () => void
}

/** What all ports have in common: their listeners, and that they close once and are silent then. */
export function makePort(transport: Transport): PortControl {
  const messageListeners: ((message: unknown) => void)[] = []
  const closeListeners: (() => void)[] = []
  let open = true
  const closed = () => {
    if (!open) return
    open = false
    for (const listener of closeListeners) queueMicrotask(listener)
  }
  const port: Port = {
    post: message => {
      if (open) transport.send(message)
    },
    onMessage: listener => {
      messageListeners.push(listener)
    },
    onClose: listener => {
      if (open) closeListeners.push(listener)
      else queueMicrotask(listener)
    },
    close: () => {
      if (!open) return
      closed()
      transport.close()
    },
  }
  const deliver = (message: unknown) => {
    if (!open) return
    for (const listener of messageListeners) listener(message)
  }
  return { port, deliver, closed }
}

/**
 * Two connected ports in one process, for tests and for a host that has no other process. Messages are cloned, so
 * that the two sides share nothing, and delivered in a later turn of the event loop, as any real transport does.
 */
export function portPair(): [Port, Port] {
  const toA = inTurns()
  const toB = inTurns()
  const a = makePort({
    send: message => {
      const clone = structuredClone(message)
      toB(() => b.deliver(clone))
    },
    close: () => toB(() => b.closed()),
  })
  const b = makePort({
    send: message => {
      const clone = structuredClone(message)
      toA(() => a.deliver(clone))
    },
    close: () => toA(() => a.closed()),
  })
  return [a.port, b.port]
}

/** Runs steps in order, those of one turn together in a later one: ten thousand messages cost one timer. */
function inTurns(): (step: () => void) => void {
  const steps: (() => void)[] = []
  return step => {
    if (steps.push(step) > 1) return
    setTimeout(() => {
      for (const next of steps.splice(0)) next()
    }, 0)
  }
}
