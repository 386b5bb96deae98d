import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createClient } from '../../../../src/shared/rpc/client.ts'
import { type Contract, call, every } from '../../../../src/shared/rpc/contract-types.ts'
import { type Port, portPair } from '../../../../src/shared/rpc/port.ts'
import type { ToClient, ToServer } from '../../../../src/shared/rpc/protocol.ts'

const contract = {
  ask: call({ input: z.undefined(), output: z.unknown() }),
  watch: every({ input: z.undefined(), item: z.unknown() }),
} as const satisfies Contract

/** A client, and its peer played by hand: what the client sent, and a way to answer. */
function playedByHand() {
  const [mine, theirs] = portPair()
  const refused: string[] = []
  const client = createClient(contract, mine, { onRefused: reason => refused.push(reason) })
  const inbox: ToServer[] = []
  const waiting: ((message: ToServer) => void)[] = []
  theirs.onMessage(message => {
    const next = waiting.shift()
    if (next === undefined) inbox.push(message as ToServer)
    else next(message as ToServer)
  })
  const received = (): Promise<ToServer> => {
    const first = inbox.shift()
    return first === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(first)
  }
  const answer = (message: ToClient) => theirs.post(message)
  return { client, received, answer, peer: theirs as Port, refused }
}

describe('a client', () => {
  test('leaves no listener on a signal that outlives its calls', async () => {
    const { client, answer } = playedByHand()
    const { signal } = new AbortController()
    const first = client.ask(undefined, { signal })
    const stream = client.watch(undefined, { signal })[Symbol.asyncIterator]()
    expect(getEventListeners(signal, 'abort')).toHaveLength(2)
    answer({ type: 'value', id: 1, value: 'yes' })
    answer({ type: 'end', id: 2 })
    expect(await first).toBe('yes')
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('ignores answers of a wrong kind, to no request, or after the end', async () => {
    const { client, answer, peer, refused } = playedByHand()
    const asked = client.ask()
    const stream = client.watch()[Symbol.asyncIterator]()
    answer({ type: 'item', id: 1, item: 'no' })
    answer({ type: 'end', id: 1 })
    answer({ type: 'value', id: 2, value: 'no' })
    answer({ type: 'value', id: 99, value: 'no' })
    peer.post('no message')
    answer({ type: 'value', id: 1, value: 'yes' })
    answer({ type: 'error', id: 1, error: { kind: 'busy', message: 'too late' } })
    expect(await asked).toBe('yes')
    answer({ type: 'item', id: 2, item: 'first' })
    answer({ type: 'end', id: 2 })
    answer({ type: 'item', id: 2, item: 'too late' })
    expect(await stream.next()).toEqual({ done: false, value: 'first' })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(refused).toHaveLength(1)
  })

  test('asks for a window of items, then for one when it comes back for a next', async () => {
    const { client, received, answer } = playedByHand()
    const stream = client.watch()[Symbol.asyncIterator]()
    expect(await received()).toMatchObject({ type: 'request', method: 'watch' })
    expect(await received()).toEqual({ type: 'credit', id: 1, count: 4 })
    answer({ type: 'item', id: 1, item: 'a' })
    answer({ type: 'item', id: 1, item: 'b' })
    await stream.next()
    await stream.next()
    expect(await received()).toEqual({ type: 'credit', id: 1, count: 1 })
    answer({ type: 'item', id: 1, item: 'c' })
    await stream.next()
    expect(await received()).toEqual({ type: 'credit', id: 1, count: 1 })
    await stream.return?.()
    expect(await received()).toEqual({ type: 'cancel', id: 1 })
  })

  test('answers several waiting reads in their order, and fails the one that waits when it cancels', async () => {
    const { client, answer } = playedByHand()
    const controller = new AbortController()
    const stream = client.watch(undefined, { signal: controller.signal })[Symbol.asyncIterator]()
    const reads = [stream.next(), stream.next(), stream.next()]
    answer({ type: 'item', id: 1, item: 'a' })
    answer({ type: 'item', id: 1, item: 'b' })
    expect(await reads[1]).toEqual({ done: false, value: 'b' })
    controller.abort()
    await expect(reads[2]).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('drops what has arrived but was not read when it cancels', async () => {
    const { client, answer } = playedByHand()
    const controller = new AbortController()
    const stream = client.watch(undefined, { signal: controller.signal })[Symbol.asyncIterator]()
    for (const item of ['a', 'b']) answer({ type: 'item', id: 1, item })
    const asked = client.ask()
    answer({ type: 'value', id: 2, value: 'the items have arrived' })
    await asked
    controller.abort()
    await expect(stream.next()).rejects.toMatchObject({ kind: 'cancelled' })
  })

  test('sends a stream request whenever an iteration begins, not before', async () => {
    const { client, received } = playedByHand()
    const stream = client.watch()
    void client.ask().catch(() => undefined)
    expect(await received()).toMatchObject({ id: 1, method: 'ask' })
    stream[Symbol.asyncIterator]()
    expect(await received()).toMatchObject({ id: 2, method: 'watch' })
  })
})
