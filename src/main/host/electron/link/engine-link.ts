import type { Port } from '../../../../shared/rpc/port.ts'
import { MainPort } from './main-port.ts'

/** Of the supervised engine; see EngineProcess. */
export type ConnectEngine = (onStop: (notice: string) => void) => Promise<Port>

/** One page's way to the engine, which is a new port whenever it asks for one. */
export class EngineLink {
  readonly #connect: ConnectEngine
  #port: Port | undefined
  #ended = Promise.resolve({ words: '' })

  constructor(connect: ConnectEngine) {
    this.#connect = connect
  }

  /** How the engine behind the newest port ended; waits until it does. */
  get ended(): Promise<{ words: string }> {
    return this.#ended
  }

  /** @param handOver gets the end for the page */
  async open(handOver: (end: ReturnType<MainPort['handOver']>) => void): Promise<void> {
    let words = ''
    const port = await this.#connect(notice => {
      words = notice
    })
    if (!(port instanceof MainPort)) throw new Error('The engine is no utility process.')
    this.close()
    this.#port = port
    this.#ended = new Promise(resolve => port.onClose(() => resolve({ words })))
    handOver(port.handOver())
  }

  /** Forgets the port; the page's end is the page's to close. */
  close(): void {
    this.#port?.close()
    this.#port = undefined
  }
}
