import { ChannelEnd, join } from '../../fakes/electron/channel-end.ts'

/** What goes over a bridge to another process. */
export type Bridged =
  | { readonly id: number; readonly data: unknown; readonly ids: readonly number[] }
  | { readonly id: number; readonly closed: true }

/**
 * Electron 9 lacks it, and `structuredClone`: what is posted stays as it is. An end that is sent to another process stays in
 * this one, and a bridge carries its messages there.
 */
export class MessageChannelMain {
  readonly port1 = new ChannelEnd()
  readonly port2 = new ChannelEnd()
  constructor() {
    join(this.port1, this.port2)
  }
}

/** Carries ends to one other process: a page or an engine. */
export class Bridge {
  readonly #ends = new Map<number, ChannelEnd>()
  readonly #send: (message: Bridged) => void
  #last = 0

  constructor(send: (message: Bridged) => void) {
    this.#send = send
  }

  /** @returns by which number the other process knows the end */
  carry(end: ChannelEnd): number {
    const id = ++this.#last
    this.#ends.set(id, end)
    end.on('message', ({ data, ports }: { data: unknown; ports: ChannelEnd[] }) =>
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
