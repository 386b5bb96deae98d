import { TwinlensError } from '../errors.ts'
import type { Port } from './port.ts'
import { type ToClient, type ToServer, toClientSchema } from './protocol.ts'

export interface ClientOptions {
  /** A message that is none of the protocol's, and was ignored. For the log. */
  readonly onRefused?: (reason: string) => void
}

/** Who waits for what comes back for one request. */
export interface Receiver {
  receive(message: ToClient): void
  /** Nothing more comes. */
  fail(error: TwinlensError): void
}

export const cancelled = (): TwinlensError => new TwinlensError('cancelled', 'Cancelled.')
const engineGone = (): TwinlensError =>
  new TwinlensError('engine-crashed', 'The engine stopped unexpectedly.')

/** The requests under way on one port. */
export class Requests {
  readonly #port: Port
  readonly #receivers = new Map<number, Receiver>()
  #lastId = 0
  #closed = false

  constructor(port: Port, options: ClientOptions) {
    this.#port = port
    port.onMessage(message => {
      const parsed = toClientSchema.safeParse(message)
      // An unknown number is normal: the answer to what was cancelled meanwhile.
      if (parsed.success) this.#receivers.get(parsed.data.id)?.receive(parsed.data)
      else options.onRefused?.('a message that is no value, item, end or error')
    })
    port.onClose(() => {
      this.#closed = true
      const receivers = [...this.#receivers.values()]
      this.#receivers.clear()
      for (const receiver of receivers) receiver.fail(engineGone())
    })
  }

  /** Sends a request. @returns its number; undefined when it could not be sent and `receiver` has failed already */
  start(method: string, input: unknown, receiver: Receiver): number | undefined {
    if (this.#closed) {
      receiver.fail(engineGone())
      return undefined
    }
    const id = ++this.#lastId
    try {
      this.#port.post({ type: 'request', id, method, input } satisfies ToServer)
    } catch (cause) {
      receiver.fail(
        new TwinlensError('internal', 'Twinlens could not pass this on to its engine.', { cause }),
      )
      return undefined
    }
    this.#receivers.set(id, receiver)
    return id
  }

  credit(id: number, count: number): void {
    this.#port.post({ type: 'credit', id, count } satisfies ToServer)
  }

  /** Forgets a request that is over. */
  forget(id: number): void {
    this.#receivers.delete(id)
  }

  /** Forgets a request and tells the server. */
  cancel(id: number): void {
    if (this.#receivers.delete(id)) this.#port.post({ type: 'cancel', id } satisfies ToServer)
  }
}
