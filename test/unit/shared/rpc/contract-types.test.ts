import { describe, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  type Client,
  type Contract,
  call,
  every,
  everyMerged,
  type Handlers,
  latest,
} from '../../../../src/shared/rpc/contract-types.ts'
import { Channel } from '../../../../src/shared/rpc/flow.ts'

const contract = {
  compare: call({ input: z.object({ a: z.string() }), output: z.number() }),
  ready: call({ input: z.undefined(), output: z.boolean() }),
  losses: everyMerged({ input: z.undefined(), item: z.array(z.number()), merge: (a, b) => [...a, ...b] }),
  lines: every({ input: z.object({ from: z.int().default(0) }), item: z.string() }),
  /** Written out, without the helper: the same. */
  progress: { kind: 'stream', delivery: 'latest', input: z.undefined(), item: z.number() },
} as const satisfies Contract

async function* none(): AsyncGenerator<never> {}

const handlers: Handlers<typeof contract> = {
  compare: ({ a }) => a.length,
  ready: async () => true,
  losses: none,
  lines: none,
  progress: none,
}

describe('the contract is checked by the compiler', () => {
  test('a client has a method for every call and stream', () => {
    type C = Client<typeof contract>
    expectTypeOf<ReturnType<C['compare']>>().toEqualTypeOf<Promise<number>>()
    expectTypeOf<ReturnType<C['losses']>>().toEqualTypeOf<AsyncIterable<number[]>>()
    expectTypeOf<ReturnType<C['progress']>>().toEqualTypeOf<AsyncIterable<number>>()
    expectTypeOf<Parameters<C['compare']>[0]>().toEqualTypeOf<{ a: string }>()
    expectTypeOf<C['ready']>().toBeCallableWith()
    expectTypeOf<Parameters<C['lines']>[0]>().toEqualTypeOf<{ from?: number | undefined }>()
  })

  test('a handler gets its input with defaults filled in, and a signal', () => {
    expectTypeOf<Parameters<(typeof handlers)['lines']>[0]>().toEqualTypeOf<{ from: number }>()
    expectTypeOf<Parameters<(typeof handlers)['lines']>[1]['signal']>().toEqualTypeOf<AbortSignal>()
  })

  test('a missing handler, a wrong result and a wrong merge are errors', () => {
    const { compare: _, ...others } = handlers
    // @ts-expect-error: the handler of `compare` is missing
    const missing: Handlers<typeof contract> = others
    // @ts-expect-error: `compare` answers with a number
    const wrong: Handlers<typeof contract> = { ...handlers, compare: () => 'far' }
    // @ts-expect-error: `losses` is a stream
    const single: Handlers<typeof contract> = { ...handlers, losses: () => [1] }
    // @ts-expect-error: items are numbers, and so must their merge be
    const badMerge = everyMerged({ input: z.undefined(), item: z.number(), merge: () => 'both' })
    // @ts-expect-error: what has no merge cannot be gathered, so nothing may be pushed into it
    const noMerge = () => new Channel(contract.lines, new AbortController().signal)
    void [missing, wrong, single, badMerge, noMerge]
  })

  test('a channel takes the items of its stream', () => {
    const { signal } = new AbortController()
    expectTypeOf<Parameters<Channel<typeof contract.losses>['push']>[0]>().toEqualTypeOf<number[]>()
    expectTypeOf(new Channel(contract.progress, signal).push).parameter(0).toEqualTypeOf<number>()
    void latest
  })
})
