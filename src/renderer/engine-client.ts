import { contract, type TwinlensContract } from '../shared/contract.ts'
import { TwinlensError } from '../shared/errors.ts'
import type { CallOptions, Client } from '../shared/rpc/contract-types.ts'

export type EngineClient = Client<TwinlensContract>

type Methods = Readonly<Record<string, (input?: unknown, options?: CallOptions) => unknown>>

/**
 * One client for the whole life of the window: each call goes to the connection of that moment. While there is none
 * it fails at once with `engine-crashed`, for nobody knows when, or whether, the next one comes.
 */
export function relayClient(current: () => EngineClient | null): EngineClient {
  const methods: Record<string, unknown> = {}
  for (const [name, definition] of Object.entries(contract)) {
    const ask = (input?: unknown, options?: CallOptions): unknown => {
      const client = current() as Methods | null
      const method = client?.[name]
      if (method === undefined)
        throw new TwinlensError('engine-crashed', 'There is no engine to ask just now.')
      return method(input, options)
    }
    methods[name] =
      definition.kind === 'call'
        ? async (input?: unknown, options?: CallOptions) => ask(input, options)
        : (input?: unknown, options?: CallOptions) => ({
            [Symbol.asyncIterator]: () =>
              (ask(input, options) as AsyncIterable<unknown>)[Symbol.asyncIterator](),
          })
  }
  return methods as EngineClient
}
