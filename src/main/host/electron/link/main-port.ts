import type { MessagePortMain } from 'electron'
import { makePort, type Port, type PortControl } from '../../../../shared/rpc/port.ts'

/**
 * A port over one end of a MessageChannelMain, or that end itself, for another process to use: whoever gets this decides.
 * Messages are cloned, never transferred: an ArrayBuffer in a transfer list between Electron's processes loses the
 * message (electron#34905).
 */
export class MainPort implements Port {
  readonly #end: MessagePortMain
  readonly #control: PortControl
  #state: 'new' | 'used' | 'handed-over' = 'new'

  constructor(end: MessagePortMain) {
    this.#end = end
    this.#control = makePort({
      send: message => end.postMessage(message),
      close: () => {
        if (this.#state !== 'handed-over') end.close()
      },
    })
  }

  post(message: unknown): void {
    if (this.#state === 'handed-over') throw new Error('This port was handed over.')
    this.#control.port.post(message)
  }

  /** The end holds its messages back until the first listener is there. */
  onMessage(listener: (message: unknown) => void): void {
    if (this.#state === 'handed-over') throw new Error('This port was handed over.')
    this.#control.port.onMessage(listener)
    if (this.#state === 'used') return
    this.#state = 'used'
    this.#end.on('message', ({ data }) => this.#control.deliver(data))
    this.#end.on('close', this.#control.closed)
    this.#end.start()
  }

  onClose(listener: () => void): void {
    this.#control.port.onClose(listener)
  }

  close(): void {
    this.#control.port.close()
  }

  /** The other side is gone. */
  closed(): void {
    this.#control.closed()
  }

  /**
   * The bare end, to be sent to another process. This port carries nothing from then on, but still tells of its close:
   * when the engine ends, or when this is closed.
   * @throws Error when messages went over it already
   */
  handOver(): MessagePortMain {
    if (this.#state !== 'new') throw new Error('This port is in use.')
    this.#state = 'handed-over'
    return this.#end
  }
}
