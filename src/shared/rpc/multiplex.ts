import { z } from 'zod'
import { makePort, type Port, type PortControl } from './port.ts'

/*
 * Many ports over one: an engine behind a child process has a single channel to its host, and a host has many windows.
 * The host opens a port for each window and joins it to the window's own with `joinPorts`; the engine accepts them.
 */
const channel = z.int().min(1)
const envelopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), channel }),
  z.object({ type: z.literal('message'), channel, message: z.unknown() }),
  z.object({ type: z.literal('close'), channel }),
])
type Envelope = z.infer<typeof envelopeSchema>

/**
 * The side that opens. When `port` closes, every port opened over it closes.
 * @returns a function that opens one more port
 */
export function openPorts(port: Port): () => Port {
  // The accepting side opens none.
  const ports = new Subports(port, () => undefined)
  let last = 0
  return () => {
    const opened = ports.add(++last)
    ports.post({ type: 'open', channel: last })
    return opened
  }
}

/** The side that accepts: `onPort` gets every port that the other side opens. */
export function acceptPorts(port: Port, onPort: (port: Port) => void): void {
  const ports: Subports = new Subports(port, number => onPort(ports.add(number)))
}

/**
 * Passes all messages and the end of each of two ports on to the other. A message that the other cannot carry ends
 * both: whoever waits for it learns so, where a silent loss would keep them waiting.
 */
export function joinPorts(a: Port, b: Port): void {
  const pass = (from: Port, to: Port) => {
    from.onMessage(message => {
      try {
        to.post(message)
      } catch {
        from.close()
        to.close()
      }
    })
    from.onClose(() => to.close())
  }
  pass(a, b)
  pass(b, a)
}

class Subports {
  readonly #port: Port
  readonly #open = new Map<number, PortControl>()
  #closed = false

  constructor(port: Port, onOpen: (channel: number) => void) {
    this.#port = port
    port.onMessage(message => {
      const parsed = envelopeSchema.safeParse(message)
      if (!parsed.success) return
      const { type, channel } = parsed.data
      const subport = this.#open.get(channel)
      if (type === 'message') subport?.deliver(parsed.data.message)
      else if (type === 'close') this.#forget(channel)
      else if (subport === undefined) onOpen(channel)
    })
    port.onClose(() => {
      this.#closed = true
      for (const channel of [...this.#open.keys()]) this.#forget(channel)
    })
  }

  add(channel: number): Port {
    const control = makePort({
      send: message => this.post({ type: 'message', channel, message }),
      close: () => {
        this.#forget(channel)
        this.post({ type: 'close', channel })
      },
    })
    this.#open.set(channel, control)
    if (this.#closed) this.#forget(channel)
    return control.port
  }

  post(envelope: Envelope): void {
    this.#port.post(envelope)
  }

  #forget(channel: number): void {
    const control = this.#open.get(channel)
    this.#open.delete(channel)
    control?.closed()
  }
}
