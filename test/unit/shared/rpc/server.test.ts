import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createClient } from '../../../../src/shared/rpc/client.ts'
import { type Contract, call, everyMerged, latest } from '../../../../src/shared/rpc/contract-types.ts'
import { portPair } from '../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../src/shared/rpc/server.ts'

const contract = {
  ask: call({ input: z.undefined(), output: z.unknown() }),
  watch: latest({ input: z.undefined(), item: z.unknown() }),
  joined: everyMerged({
    input: z.undefined(),
    item: z.array(z.int()),
    merge: (older, newer) => [...older, ...newer],
    paceMs: 5,
  }),
} as const satisfies Contract

async function* nothing(): AsyncGenerator<never> {}

describe('a server', () => {
  test('keeps `this` for handlers that are methods of an object', async () => {
    const [mine, theirs] = portPair()
    const service = {
      answer: 42,
      ask() {
        return this.answer
      },
      watch: nothing,
      joined: nothing,
    }
    serve(contract, service, theirs)
    expect(await createClient(contract, mine).ask()).toBe(42)
  })

  test('stops the source of a stream whose item cannot be sent', async () => {
    const [mine, theirs] = portPair()
    const stopped = Promise.withResolvers<AbortSignal>()
    const internal: string[] = []
    const handlers = {
      ask: () => 1,
      async *watch(_: undefined, { signal }: { signal: AbortSignal }) {
        yield () => 'a function'
        await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
        stopped.resolve(signal)
      },
      joined: nothing,
    }
    serve(contract, handlers, theirs, { onInternalError: (_, method) => internal.push(method) })
    const reading = createClient(contract, mine).watch()[Symbol.asyncIterator]()
    await expect(reading.next()).rejects.toMatchObject({ kind: 'internal' })
    expect(getEventListeners(await stopped.promise, 'abort')).toHaveLength(0)
    expect(internal).toEqual(['watch'])
  })

  test('refuses a second request of a number that is in use, and tells the log', async () => {
    const [mine, theirs] = portPair()
    const refused: string[] = []
    let asked = 0
    const handlers = {
      ask: () => new Promise(() => asked++),
      watch: nothing,
      joined: nothing,
    }
    serve(contract, handlers, theirs, { onRefused: reason => refused.push(reason) })
    for (let time = 0; time < 2; time++)
      mine.post({ type: 'request', id: 1, method: 'ask', input: undefined })
    mine.post({ type: 'nonsense' })
    const done = Promise.withResolvers<void>()
    mine.onMessage(() => done.resolve())
    mine.post({ type: 'request', id: 2, method: 'no such', input: undefined })
    await done.promise
    expect(asked).toBe(1)
    expect(refused).toHaveLength(2)
  })

  test("answers nothing to what was cancelled, and knows no names but the contract's own", async () => {
    const [mine, theirs] = portPair()
    const handlers = {
      ask: (_: undefined, { signal }: { signal: AbortSignal }) =>
        new Promise(resolve => signal.addEventListener('abort', () => resolve('too late'), { once: true })),
      watch: nothing,
      joined: nothing,
    }
    serve(contract, handlers, theirs)
    const answers: unknown[] = []
    const two = Promise.withResolvers<void>()
    mine.onMessage(message => {
      if (answers.push(message) === 2) two.resolve()
    })
    mine.post({ type: 'request', id: 1, method: 'ask', input: undefined })
    mine.post({ type: 'cancel', id: 1 })
    mine.post({ type: 'request', id: 2, method: 'constructor', input: undefined })
    await Promise.resolve()
    mine.post({ type: 'request', id: 3, method: '__proto__', input: undefined })
    await two.promise
    expect(answers).toMatchObject([
      { type: 'error', id: 2, error: { kind: 'invalid-input' } },
      { type: 'error', id: 3, error: { kind: 'invalid-input' } },
    ])
  })

  test('keeps the pace of a stream by gathering, and loses nothing', async () => {
    const [mine, theirs] = portPair()
    let sent = () => 0
    const handlers = {
      ask: () => sent(),
      watch: nothing,
      async *joined() {
        for (let item = 0; item < 1000; item++) yield [item]
      },
    }
    serve(contract, handlers, theirs, {
      onStream: (_, counters) => {
        sent = () => counters.sent
      },
    })
    const client = createClient(contract, mine)
    const seen: number[][] = []
    for await (const item of client.joined()) seen.push(item)
    expect(seen.flat()).toEqual(Array.from({ length: 1000 }, (_, index) => index))
    // The second holds all that was gathered while the first had the wire to itself.
    expect(seen.length).toBe(2)
    expect(await client.ask()).toBe(2)
  })
})
