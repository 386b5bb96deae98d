import type { z } from 'zod'
import { invalidInput, TwinlensError } from '../errors.ts'
import type { Context, Contract, Definition, Handlers, StreamDefinition } from './contract-types.ts'
import { Credit, type FlowCounters, gather, newCounters, pause } from './flow.ts'
import { describeFault } from './input-fault.ts'
import type { Port } from './port.ts'
import { type ToClient, type ToServer, toServerSchema } from './protocol.ts'

export interface ServeOptions {
  /** An unexpected error of a handler, whole. The client only learns that there was one. For the log. */
  readonly onInternalError?: (error: unknown, method: string) => void
  /** A message that is none of the protocol's, and was ignored. For the log. */
  readonly onRefused?: (reason: string) => void
  /** A stream begins. `counters` goes on counting as it flows. */
  readonly onStream?: (method: string, counters: Readonly<FlowCounters>) => void
}

/**
 * Answers the requests that come in on `port` with `handlers`, until the port closes. Several ports may be served with
 * the same handlers: each has requests of its own.
 *
 * What a handler throws reaches the caller as it is if it is a TwinlensError, and as `internal`, without its words,
 * if it is anything else.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  options: ServeOptions = {},
): void {
  const session = new Session(contract, handlers as unknown as UntypedHandlers, port, options)
  port.onMessage(message => session.receive(message))
  port.onClose(() => session.close())
}

/** The handlers as they are found by a name that came over the wire; `Handlers` has checked their types before. */
type UntypedHandlers = Readonly<Record<string, (input: unknown, context: Context) => unknown>>

interface Running {
  readonly controller: AbortController
  readonly credit: Credit
}

class Session {
  readonly #contract: Contract
  readonly #handlers: UntypedHandlers
  readonly #port: Port
  readonly #options: ServeOptions
  readonly #running = new Map<number, Running>()

  constructor(contract: Contract, handlers: UntypedHandlers, port: Port, options: ServeOptions) {
    this.#contract = contract
    this.#handlers = handlers
    this.#port = port
    this.#options = options
  }

  receive(message: unknown): void {
    const parsed = toServerSchema.safeParse(message)
    if (!parsed.success) {
      this.#options.onRefused?.('a message that is no request, cancel or credit')
      return
    }
    const { data } = parsed
    switch (data.type) {
      case 'request':
        if (this.#running.has(data.id)) this.#options.onRefused?.('a second request of the same number')
        else void this.#answer(data)
        break
      case 'cancel':
        this.#running.get(data.id)?.controller.abort(new TwinlensError('cancelled', 'The caller cancelled.'))
        break
      case 'credit':
        this.#running.get(data.id)?.credit.grant(data.count)
        break
      default:
        data satisfies never
    }
  }

  close(): void {
    for (const { controller } of this.#running.values()) {
      controller.abort(new TwinlensError('cancelled', 'The caller is gone.'))
    }
  }

  async #answer({ id, method, input }: ToServer & { type: 'request' }): Promise<void> {
    const running = { controller: new AbortController(), credit: new Credit() }
    const { signal } = running.controller
    this.#running.set(id, running)
    try {
      const definition = this.#find(method)
      const result = this.#handlers[method]?.(checked(definition.input, input), { signal })
      if (definition.kind === 'call') {
        this.#reply({ type: 'value', id, value: await result }, signal)
      } else {
        await this.#stream(id, method, definition, result as AsyncIterable<unknown>, running)
        this.#reply({ type: 'end', id }, signal)
      }
    } catch (error) {
      this.#report(error, method, signal)
      this.#reply({ type: 'error', id, error: forClient(error).toWire() }, signal)
      // Stops a source that is read ahead of its client; for a call it changes nothing.
      running.controller.abort(error)
    } finally {
      this.#running.delete(id)
    }
  }

  /** Sends one item for each credit, and asks the source for none before there is one. */
  async #stream(
    id: number,
    method: string,
    definition: StreamDefinition,
    source: AsyncIterable<unknown>,
    { controller: { signal }, credit }: Running,
  ): Promise<void> {
    const counters = newCounters()
    this.#options.onStream?.(method, counters)
    const late = (error: unknown) => this.#report(error, method, signal)
    const items = gather(definition, source, signal, counters, late)
    if (!(await credit.take(signal))) return
    for await (const item of items) {
      this.#reply({ type: 'item', id, item }, signal)
      counters.sent++
      if (definition.paceMs !== undefined) await pause(definition.paceMs, signal)
      if (!(await credit.take(signal))) return
    }
  }

  /** Nothing is sent for a request that was cancelled: its caller has gone on. */
  #reply(message: ToClient, signal: AbortSignal): void {
    if (!signal.aborted) this.#port.post(message)
  }

  #report(error: unknown, method: string, signal: AbortSignal): void {
    const expected = error instanceof TwinlensError || (signal.aborted && isAbort(error))
    if (!expected) this.#options.onInternalError?.(error, method)
  }

  #find(method: string): Definition {
    const definition = Object.hasOwn(this.#contract, method) ? this.#contract[method] : undefined
    if (definition === undefined)
      throw invalidInput('The engine knows no such request. Are both of one version?')
    return definition
  }
}

/** The one place where inputs are validated. */
function checked(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input, { error: describeFault })
  if (parsed.success) return parsed.data
  const sentences = new Set(parsed.error.issues.map(issue => issue.message))
  throw invalidInput([...sentences].slice(0, 5).join(' '))
}

function forClient(error: unknown): TwinlensError {
  if (error instanceof TwinlensError) return error
  return new TwinlensError('internal', 'Something failed inside Twinlens that should not have.', {
    cause: error,
  })
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'
