import { afterEach, describe, expect, test } from 'vitest'
import { type ErrorKind, errorKinds, TwinlensError } from '../../src/shared/errors.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import type { Client } from '../../src/shared/rpc/contract-types.ts'
import type { Port } from '../../src/shared/rpc/port.ts'
import { testContract } from '../fixtures/contract/contract.ts'

/** One running test server and the way to it. */
export interface TestConnection {
  /** One more port to the same server. */
  open(): Promise<Port>
  /** The server dies without a word. */
  kill(): void
  close(): Promise<void> | void
}

const failure = (kind: ErrorKind, message?: string) =>
  expect.objectContaining({ name: 'TwinlensError', kind, ...(message === undefined ? {} : { message }) })

/** What every transport must do. No test looks at a clock: they count, and wait for what they name. */
export function contractSuite(name: string, connect: () => Promise<TestConnection>): void {
  describe(name, () => {
    const open: TestConnection[] = []
    afterEach(async () => {
      for (const connection of open.splice(0)) await connection.close()
    })

    async function start(): Promise<{
      client: Client<typeof testContract>
      port: Port
      server: TestConnection
    }> {
      const server = await connect()
      open.push(server)
      const port = await server.open()
      return { client: createClient(testContract, port), port, server }
    }

    describe('values', () => {
      test('survive the way there and back', async () => {
        const { client } = await start()
        const value = {
          text: 'zwölf \u{1F50D}',
          numbers: [0, -0, 1.5, Number.MAX_SAFE_INTEGER, Number.NaN, Number.NEGATIVE_INFINITY],
          nothing: [null, undefined, '', [], {}],
          nested: { $: 1, 'a key': { $: { $: true } } },
        }
        expect(await client.echo(value)).toStrictEqual(value)
        expect(await client.echo(undefined)).toBeUndefined()
        expect(await client.ping()).toBe('pong')
      })

      test('may be typed arrays of every kind, and parts of larger ones', async () => {
        const { client } = await start()
        const arrays = [
          Int8Array.of(-1),
          Uint8Array.of(1, 2, 3),
          Uint8ClampedArray.of(255),
          Int16Array.of(-300),
          Uint16Array.of(60_000),
          Int32Array.of(-70_000, 1),
          Uint32Array.of(4_000_000_000),
          Float32Array.of(0.5, Number.NaN),
          Float64Array.of(Math.PI),
          BigInt64Array.of(-1n),
          BigUint64Array.of(2n ** 63n),
          new Float32Array(0),
          Float32Array.of(1, 2, 3, 4).subarray(1, 3),
        ]
        expect(await client.echo({ arrays })).toStrictEqual({ arrays })
        const scaled = await client.scale({ values: Float32Array.of(1, 2, 3), by: 2 })
        expect(scaled).toStrictEqual(Float32Array.of(2, 4, 6))
      })
    })

    describe('failures', () => {
      test('refuse an invalid input with a sentence for a person', async () => {
        const { client } = await start()
        const wrong = { a: 'one', b: 2 } as unknown as { a: number; b: number }
        await expect(client.add(wrong)).rejects.toEqual(failure('invalid-input', 'A must be a number.'))
        const noB = { a: 1 } as unknown as { a: number; b: number }
        await expect(client.add(noB)).rejects.toEqual(
          failure('invalid-input', '“b” cannot be used: expected number, received undefined.'),
        )
        const stream = client.frames({ name: 'x', to: 0.5, gated: false })
        await expect(collect(stream)).rejects.toEqual(failure('invalid-input'))
      })

      test.each(errorKinds)('keep their kind: %s', async kind => {
        const { client } = await start()
        const error = await client.fail(kind).catch((caught: unknown) => caught)
        expect(error).toBeInstanceOf(TwinlensError)
        expect(error).toEqual(failure(kind, `As asked: ${kind}.`))
      })

      test('that nobody expected are internal, and their words stay in the log', async () => {
        const { client } = await start()
        const error = await client.crash().catch((caught: unknown) => caught)
        expect(error).toEqual(failure('internal'))
        expect(String(error)).not.toContain('secret')
        const seen: number[] = []
        const crashing = collect(client.count({ name: 'c', to: 2, ending: 'crash' }), seen)
        await expect(crashing).rejects.toEqual(failure('internal'))
        expect(seen).toEqual([0, 1])
        expect(await client.internalErrors()).toEqual([
          'crash: a secret detail',
          'count: a secret detail of a stream',
        ])
      })

      test('end a stream after all its items', async () => {
        const { client } = await start()
        const seen: number[] = []
        const failing = collect(client.count({ name: 'f', to: 20, ending: 'fail' }), seen)
        await expect(failing).rejects.toEqual(failure('bad-file', 'The file ended early.'))
        expect(seen).toEqual(range(20))
      })

      test('of what cannot be sent are internal, on either side', async () => {
        const { client } = await start()
        await expect(client.unsendable()).rejects.toEqual(failure('internal'))
        await expect(client.echo(() => undefined)).rejects.toEqual(failure('internal'))
        expect(await client.ping()).toBe('pong')
      })
    })

    describe('cancelling', () => {
      test('rejects a call at once and reaches its handler', async () => {
        const { client } = await start()
        const controller = new AbortController()
        const hanging = client.hang('h', { signal: controller.signal })
        await client.ping()
        controller.abort()
        await expect(hanging).rejects.toEqual(failure('cancelled'))
        await client.untilAborted('h')
        expect(await client.internalErrors()).toEqual([])
      })

      test('before the start sends nothing', async () => {
        const { client } = await start()
        const signal = AbortSignal.abort()
        await expect(client.hang('never', { signal })).rejects.toEqual(failure('cancelled'))
        const stream = client.count({ name: 'never', to: 1, ending: 'end' }, { signal })
        await expect(collect(stream)).rejects.toEqual(failure('cancelled'))
        expect(await client.flow('count')).toMatchObject({ sent: 0 })
      })

      test('reaches a handler that streams, and one that waits in mid stream', async () => {
        const { client } = await start()
        const streaming = new AbortController()
        const many = client.count({ name: 'many', to: 1e9, ending: 'end' }, { signal: streaming.signal })
        const abortAtFive = async () => {
          for await (const item of many) if (item === 5) streaming.abort()
        }
        await expect(abortAtFive()).rejects.toEqual(failure('cancelled'))
        await client.untilAborted('many')
        await client.untilCleaned('many')

        const waiting = new AbortController()
        const few = collect(client.count({ name: 'few', to: 2, ending: 'hang' }, { signal: waiting.signal }))
        await client.untilPushed('few')
        waiting.abort()
        await expect(few).rejects.toEqual(failure('cancelled'))
        await client.untilCleaned('few')
      })

      test('is what leaving the loop does', async () => {
        const { client } = await start()
        for await (const item of client.count({ name: 'left', to: 1e9, ending: 'end' })) if (item === 3) break
        await client.untilAborted('left')
        await client.untilCleaned('left')
        for await (const _ of client.frames({ name: 'leftFrames', to: 1e9, gated: false })) break
        await client.untilAborted('leftFrames')
      })
    })

    describe('a dead server', () => {
      test('turns every pending call and stream into engine-crashed, and every later one', async () => {
        const { client, server } = await start()
        const pending = [client.hang('a'), client.hang('b'), client.hang('c')]
        const stream = collect(client.count({ name: 's', to: 1, ending: 'hang' }))
        await client.untilPushed('s')
        const outcomes = Promise.allSettled([...pending, stream])
        server.kill()
        for (const outcome of await outcomes) {
          expect(outcome).toEqual({ status: 'rejected', reason: failure('engine-crashed') })
        }
        await expect(client.ping()).rejects.toEqual(failure('engine-crashed'))
        await expect(collect(client.frames({ name: 'late', to: 1, gated: false }))).rejects.toEqual(
          failure('engine-crashed'),
        )
      })

      test('has its counterpart: a client that goes away is cancelled', async () => {
        const { client, port, server } = await start()
        const other = createClient(testContract, await server.open())
        const hanging = client.hang('gone')
        const stream = collect(client.count({ name: 'goneStream', to: 1, ending: 'hang' }))
        const outcomes = Promise.allSettled([hanging, stream])
        await client.untilPushed('goneStream')
        port.close()
        await outcomes
        await other.untilAborted('gone')
        await other.untilCleaned('goneStream')
      })
    })

    describe('delivery', () => {
      test('every: all items in order, and none is produced before it is asked for', async () => {
        const { client } = await start()
        const iterator = client.count({ name: 'slow', to: 1000, ending: 'end' })[Symbol.asyncIterator]()
        expect(await iterator.next()).toEqual({ done: false, value: 0 })
        for (let turn = 0; turn < 50; turn++) await client.ping()
        expect((await client.flow('count')).sent).toBe(4)
        const seen = [0]
        for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
          seen.push(next.value)
        }
        expect(seen).toEqual(range(1000))
      })

      test('every, merged: a slow client gets fewer and larger items, loses none, holds nothing up', async () => {
        const { client } = await start()
        const iterator = client.losses({ name: 'l', bursts: 200 })[Symbol.asyncIterator]()
        const seen: number[] = []
        let items = 0
        for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
          seen.push(...next.value)
          items++
          // A client slower than the whole source: not even its first item is done with before the last is made.
          await client.untilPushed('l')
        }
        expect(seen).toEqual(range(200 * 100))
        expect(items).toBeLessThanOrEqual(4 + 1)
        const flow = await client.flow('losses')
        expect(flow.sent).toBe(items)
        expect(flow.mostWaiting).toBeLessThanOrEqual(Math.log2(200) + 1)
      })

      test('latest: however slow the client, one item is on its way and one waits, and the last arrives', async () => {
        const { client } = await start()
        const iterator = client.frames({ name: 'f', to: 2000, gated: true })[Symbol.asyncIterator]()
        expect(await iterator.next()).toEqual({ done: false, value: 0 })
        await client.openGate('f')
        await client.untilPushed('f')
        const held = await client.flow('frames')
        expect(held).toEqual({ pushed: 2000, merged: 1998, mostWaiting: 1, sent: 1 })
        expect(await iterator.next()).toEqual({ done: false, value: 1999 })
        expect(await iterator.next()).toEqual({ done: true, value: undefined })
      })

      test('latest: a quick client sees items in order up to the last', async () => {
        const { client } = await start()
        const seen = await collect(client.frames({ name: 'q', to: 300, gated: false }))
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
        expect(seen.at(-1)).toBe(299)
        expect((await client.flow('frames')).mostWaiting).toBe(1)
      })
    })

    describe('many at once', () => {
      test('ten thousand calls each get their own answer', async () => {
        const { client } = await start()
        const sums = await Promise.all(range(10_000).map(a => client.add({ a, b: 1 })))
        expect(sums).toEqual(range(10_000).map(a => a + 1))
      })

      test('two clients of one server do not disturb each other', async () => {
        const { client, port, server } = await start()
        const other = createClient(testContract, await server.open())
        const [mine, theirs] = await Promise.all([
          collect(client.count({ name: 'm', to: 100, ending: 'end' })),
          collect(other.count({ name: 't', to: 200, ending: 'end' })),
          client.add({ a: 1, b: 1 }),
          other.add({ a: 2, b: 2 }),
        ])
        expect([mine.length, theirs.length]).toEqual([100, 200])
        const hanging = other.hang('theirs')
        const outcome = Promise.allSettled([hanging])
        port.close()
        expect(await other.ping()).toBe('pong')
        server.kill()
        expect(await outcome).toMatchObject([{ reason: { kind: 'engine-crashed' } }])
      })
    })

    test('malformed messages do no harm', async () => {
      const { client, port } = await start()
      const hanging = new AbortController()
      const outcome = Promise.allSettled([client.hang('h', { signal: hanging.signal })])
      const malformed = [
        undefined,
        null,
        42,
        'request',
        [],
        {},
        { type: 'request' },
        { type: 'request', id: 1e6, method: 'ping' },
        { type: 'request', id: -1, method: 'ping', input: undefined },
        { type: 'request', id: 1, method: 'ping', input: undefined }, // the number of the call that hangs
        { type: 'request', id: 1e6, method: 'no such method', input: 1 },
        { type: 'request', id: 1e6 + 1, method: '__proto__', input: 1 },
        { type: 'request', id: 1e6 + 2, method: 'constructor', input: 1 },
        { type: 'cancel', id: 4711 },
        { type: 'credit', id: 1, count: 1e9 },
        { type: 'credit', id: 1, count: -5 },
        { type: 'value', id: 1, value: 'from the wrong side' },
        { type: 'error', id: 1, error: { kind: 'no such kind', message: '' } },
      ]
      for (const message of malformed) port.post(message)
      expect(await client.ping()).toBe('pong')
      hanging.abort()
      expect(await outcome).toMatchObject([{ reason: { kind: 'cancelled' } }])
      await client.untilAborted('h')
    })
  })
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** All items of a stream; `into` keeps those before a failure. */
async function collect<Item>(stream: AsyncIterable<Item>, into: Item[] = []): Promise<Item[]> {
  for await (const item of stream) into.push(item)
  return into
}
