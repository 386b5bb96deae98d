import { EventEmitter } from 'node:events'

/** One end of a MessageChannelMain: messages wait until `start` and come in a later turn. */
export class ChannelEnd extends EventEmitter {
  other: ChannelEnd | undefined
  readonly #waiting: { data: unknown; ports: ChannelEnd[] }[] = []
  #started = false
  #closed = false

  postMessage(data: unknown, ports: readonly ChannelEnd[] = []): void {
    this.other?.take({ data, ports: [...ports] })
  }

  start(): void {
    this.#started = true
    this.#deliver()
  }

  /** Both ends hear of it, the other after what was posted before. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    setImmediate(() => {
      this.emit('close')
      this.other?.close()
    })
  }

  private take(message: { data: unknown; ports: ChannelEnd[] }): void {
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

export function join(one: ChannelEnd, other: ChannelEnd): void {
  one.other = other
  other.other = one
}
