import { EventEmitter } from 'node:events'

/** What goes over a bridge to another process. */
export type Bridged =
  | { readonly id: number; readonly data: unknown; readonly ids: readonly number[] }
  | { readonly id: number; readonly closed: true }

/**
 * One end of a MessageChannelMain, which Electron 9 lacks: messages wait until `start` and come in a later turn. An end that
 * is sent to another process stays in this one, and a bridge carries its messages there.
 */
export class End extends EventEmitter {
  other: End | undefined
  readonly #waiting: { data: unknown; ports: End[] }[] = []
  #started = false
  #closed = false

  postMessage(data: unknown, ports: readonly End[] = []): void {
    this.other?.take({ data, ports: [...ports] })
  }

  start(): void {
    this.#started = true
    this.#deliver()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    setImmediate(() => {
      this.emit('close')
      this.other?.close()
    })
  }

  private take(message: { data: unknown; ports: End[] }): void {
    this.#waiting.push(message)
    this.#deliver()
  }

  #deliver(): void {
    if (!this.#started) return
    setImmediate(() => {
      for (const message of this.#waiting.splice(0)) if (!this.#closed) this.emit('message', message)
    })
  }
}

export class MessageChannelMain {
  readonly port1 = new End()
  readonly port2 = new End()
  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}

/** Carries ends to one other process: a page or an engine. */
export class Bridge {
  readonly #ends = new Map<number, End>()
  readonly #send: (message: Bridged) => void
  #last = 0

  constructor(send: (message: Bridged) => void) {
    this.#send = send
  }

  /** @returns by which number the other process knows the end */
  carry(end: End): number {
    const id = ++this.#last
    this.#ends.set(id, end)
    end.on('message', ({ data, ports }: { data: unknown; ports: End[] }) =>
      this.#send({ id, data, ids: ports.map(port => this.carry(port)) }),
    )
    end.on('close', () => {
      if (this.#ends.delete(id)) this.#send({ id, closed: true })
    })
    end.start()
    return id
  }

  /** Of the other process. */
  receive(message: Bridged): void {
    const end = this.#ends.get(message.id)
    if ('closed' in message) end?.close()
    else end?.postMessage(message.data)
  }

  /** The other process is gone. */
  end(): void {
    for (const end of this.#ends.values()) end.close()
    this.#ends.clear()
  }
}
