import { EventEmitter } from 'node:events'
import type { MessageChannelMain, MessagePortMain } from 'electron'

/**
 * One end of a MessageChannelMain: messages are cloned, wait until `start`, and come in a later turn. Only such ends may be
 * in a transfer list; Electron would lose a message with an ArrayBuffer in it (electron#34905), this throws.
 */
export class FakePortMain extends EventEmitter {
  other: FakePortMain | undefined
  readonly #waiting: { data: unknown; ports: FakePortMain[] }[] = []
  #started = false
  #closed = false

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    const ports = transfer.map(end => {
      if (end instanceof FakePortMain) return end
      throw new TypeError('Only ports can be transferred.')
    })
    this.other?.take({ data: structuredClone(message), ports })
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

  private take(message: { data: unknown; ports: FakePortMain[] }): void {
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

export function fakeChannel(): MessageChannelMain {
  const [one, other] = [new FakePortMain(), new FakePortMain()]
  one.other = other
  other.other = one
  return { port1: one as MessagePortMain, port2: other as MessagePortMain }
}
