import { TwinlensError } from '../errors.ts'
import { RemoteIterator } from './client-stream.ts'
import { type CallOptions, type Client, type Contract, windowOf } from './contract-types.ts'
import type { Port } from './port.ts'
import type { ToClient } from './protocol.ts'
import { type ClientOptions, cancelled, Requests } from './requests.ts'

/**
 * A method for every call and stream of the contract, answered by whoever serves the port's other end.
 *
 * A call returns a promise; a stream an async iterable that sends its request whenever an iteration begins, and
 * cancels it when the loop is left. Both fail with a TwinlensError: the handler's own, `cancelled` as soon as the
 * caller's signal aborts, `engine-crashed` when the port closes first.
 */
export function createClient<C extends Contract>(
  contract: C,
  port: Port,
  options: ClientOptions = {},
): Client<C> {
  const requests = new Requests(port, options)
  const methods: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries(contract)) {
    methods[name] =
      definition.kind === 'call'
        ? (input?: unknown, callOptions?: CallOptions) => call(requests, name, input, callOptions?.signal)
        : (input?: unknown, callOptions?: CallOptions) => ({
            [Symbol.asyncIterator]: () =>
              new RemoteIterator(requests, name, input, windowOf(definition), callOptions?.signal),
          })
  }
  return methods as Client<C>
}

function call(
  requests: Requests,
  method: string,
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(cancelled())
    const finish = () => {
      if (id !== undefined) requests.forget(id)
      signal?.removeEventListener('abort', abort)
    }
    const fail = (error: TwinlensError) => {
      finish()
      reject(error)
    }
    const receive = (message: ToClient) => {
      if (message.type === 'error') return fail(TwinlensError.fromWire(message.error))
      if (message.type !== 'value') return // an item or end: nothing that a call is answered with
      finish()
      resolve(message.value)
    }
    const abort = () => {
      if (id !== undefined) requests.cancel(id)
      reject(cancelled())
    }
    let id: number | undefined
    id = requests.start(method, input, { receive, fail })
    if (id !== undefined) signal?.addEventListener('abort', abort, { once: true })
  })
}
