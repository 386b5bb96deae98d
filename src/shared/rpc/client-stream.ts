import { TwinlensError } from '../errors.ts'
import type { ToClient } from './protocol.ts'
import { cancelled, type Receiver, type Requests } from './requests.ts'

interface Waiter {
  resolve(result: IteratorResult<unknown, undefined>): void
  reject(error: TwinlensError): void
}

const done = { done: true, value: undefined } as const

/**
 * The client's end of one stream. It asks for as many items as may be on their way at once, and for one more whenever
 * the consumer comes back for a next: only then is it done with the one before, and that is what slows the sender.
 */
export class RemoteIterator implements AsyncIterator<unknown, undefined>, Receiver {
  readonly #requests: Requests
  readonly #signal: AbortSignal | undefined
  readonly #id: number | undefined
  readonly #arrived: unknown[] = []
  readonly #waiters: Waiter[] = []
  /** Items that the consumer has had and that were not yet paid back as credit. */
  #consumed = 0
  #over = false
  /** Why it is over, until the consumer is told. */
  #error: TwinlensError | undefined

  /** Begins the stream. @param window how many items may be on their way at once */
  constructor(
    requests: Requests,
    method: string,
    input: unknown,
    window: number,
    signal: AbortSignal | undefined,
  ) {
    this.#requests = requests
    this.#signal = signal
    if (signal?.aborted === true) {
      this.fail(cancelled())
      return
    }
    this.#id = requests.start(method, input, this)
    if (this.#id === undefined) return
    signal?.addEventListener('abort', this.#abort, { once: true })
    requests.credit(this.#id, window)
  }

  async next(): Promise<IteratorResult<unknown, undefined>> {
    if (this.#id !== undefined && this.#consumed > 0 && !this.#over) {
      this.#requests.credit(this.#id, this.#consumed)
      this.#consumed = 0
    }
    if (this.#arrived.length > 0) {
      this.#consumed++
      return { done: false, value: this.#arrived.shift() }
    }
    if (!this.#over) return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }))
    const error = this.#error
    this.#error = undefined
    if (error !== undefined) throw error
    return done
  }

  /** The consumer left the loop. */
  async return(): Promise<IteratorResult<unknown, undefined>> {
    this.#stop(undefined)
    return done
  }

  receive(message: ToClient): void {
    if (message.type === 'end') this.#finish(undefined)
    else if (message.type === 'error') this.#finish(TwinlensError.fromWire(message.error))
    else if (message.type === 'item') {
      const waiter = this.#waiters.shift()
      if (waiter === undefined) this.#arrived.push(message.item)
      else {
        this.#consumed++
        waiter.resolve({ done: false, value: message.item })
      }
    }
  }

  fail(error: TwinlensError): void {
    this.#finish(error)
  }

  readonly #abort = () => this.#stop(cancelled())

  /** Ends it from this side, at once: what has arrived is dropped. */
  #stop(error: TwinlensError | undefined): void {
    this.#arrived.length = 0
    if (this.#over) return
    if (this.#id !== undefined) this.#requests.cancel(this.#id)
    this.#finish(error)
  }

  /** Nothing more comes; what has arrived is still read, and then `error` is thrown once. */
  #finish(error: TwinlensError | undefined): void {
    if (this.#over) return
    this.#over = true
    if (this.#id !== undefined) this.#requests.forget(this.#id)
    this.#signal?.removeEventListener('abort', this.#abort)
    const [first, ...others] = this.#waiters.splice(0)
    if (error === undefined) first?.resolve(done)
    else if (first === undefined) this.#error = error
    else first.reject(error)
    for (const waiter of others) waiter.resolve(done)
  }
}
