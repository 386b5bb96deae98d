import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { every, everyMerged, latest } from '../../../../src/shared/rpc/contract-types.ts'
import { Channel, Credit, gather, newCounters, pause } from '../../../../src/shared/rpc/flow.ts'

const input = z.undefined()
const newest = latest({ input, item: z.number() })
const joined = everyMerged({
  input,
  item: z.array(z.number()),
  merge: (older, newer) => [...older, ...newer],
})
const plain = every({ input, item: z.number() })
const never = () => new AbortController().signal

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('a channel', () => {
  test('of the latest keeps only that', async () => {
    const channel = new Channel(newest, never())
    for (let item = 0; item < 100; item++) channel.push(item)
    channel.end()
    expect(await collect(channel)).toEqual([99])
    expect(channel.counters).toMatchObject({ pushed: 100, merged: 99, mostWaiting: 1 })
  })

  test('of a merged stream loses nothing, whatever the speeds, and holds log2(pushed) + 1 entries at most', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 200 }), { maxLength: 20 }), async bursts => {
        const channel = new Channel(joined, never())
        const reader = channel[Symbol.asyncIterator]()
        const seen: number[] = []
        let pushed = 0
        for (const burst of bursts) {
          for (let count = 0; count < burst; count++) channel.push([pushed++])
          if (burst > 0) seen.push(...((await reader.next()).value ?? []))
        }
        channel.end()
        expect(await reader.next()).toEqual({ done: true, value: undefined })
        expect(seen).toEqual(Array.from({ length: pushed }, (_, index) => index))
        expect(channel.counters.mostWaiting).toBeLessThanOrEqual(Math.log2(pushed + 1) + 1)
      }),
    )
  })

  test('copies each item a logarithmic number of times while nobody reads', () => {
    let copied = 0
    const counting = everyMerged({
      input,
      item: z.array(z.number()),
      merge: (older, newer) => {
        copied += older.length + newer.length
        return [...older, ...newer]
      },
    })
    const channel = new Channel(counting, never())
    const pushed = 2 ** 13
    for (let item = 0; item < pushed; item++) channel.push([item])
    expect(copied).toBeLessThanOrEqual(pushed * 13)
  })

  test('wakes a reader that waits', async () => {
    const channel = new Channel(newest, never())
    const reading = collect(channel)
    await Promise.resolve()
    channel.push(7)
    channel.end()
    expect(await reading).toEqual([7])
  })

  test('gives what waits before it fails', async () => {
    const channel = new Channel(newest, never())
    channel.push(1)
    channel.fail(new Error('broken'))
    channel.push(2)
    const reader = channel[Symbol.asyncIterator]()
    expect(await reader.next()).toEqual({ done: false, value: 1 })
    await expect(reader.next()).rejects.toThrow('broken')
  })

  test('ends, empty, when its signal aborts, also under a waiting reader', async () => {
    const controller = new AbortController()
    const channel = new Channel(newest, controller.signal)
    const waiting = collect(channel)
    await Promise.resolve()
    controller.abort()
    expect(await waiting).toEqual([])
    channel.push(1)
    expect(channel.counters.pushed).toBe(0)

    const filled = new AbortController()
    const dropped = new Channel(newest, filled.signal)
    dropped.push(1)
    filled.abort()
    expect(await collect(dropped)).toEqual([])
    expect(await collect(new Channel(newest, AbortSignal.abort()))).toEqual([])
  })

  test('takes nothing more when its reader has left', async () => {
    const channel = new Channel(newest, never())
    channel.push(1)
    for await (const _ of channel) break
    channel.push(2)
    expect(channel.counters.pushed).toBe(1)
  })
})

describe('gathering', () => {
  test('reads a gathered source to its end though nobody takes an item', async () => {
    const counters = newCounters()
    const ended = Promise.withResolvers<undefined>()
    async function* source() {
      for (let item = 0; item < 500; item++) yield [item]
      ended.resolve(undefined)
    }
    const items = gather(joined, source(), never(), counters, () => undefined)
    await ended.promise
    expect(counters.pushed).toBe(500)
    expect(counters.mostWaiting).toBeLessThanOrEqual(10)
    expect((await collect(items)).flat()).toHaveLength(500)
  })

  test('advances any other source only when an item is taken', async () => {
    let produced = 0
    async function* source() {
      for (;;) yield produced++
    }
    const items = gather(plain, source(), never(), newCounters(), () => undefined)[Symbol.asyncIterator]()
    expect(produced).toBe(0)
    await items.next()
    await items.next()
    expect(produced).toBe(2)
  })

  test('passes a failure on in its place, and a late one to the log', async () => {
    async function* failing() {
      yield 1
      throw new Error('broken')
    }
    const items = gather(newest, failing(), never(), newCounters(), () => undefined)
    await expect(collect(items)).rejects.toThrow('broken')

    const controller = new AbortController()
    const late = Promise.withResolvers<unknown>()
    const inCleanUp = new Channel(newest, controller.signal)
    async function* source() {
      yield* inCleanUp
      throw new Error('late')
    }
    gather(newest, source(), controller.signal, newCounters(), late.resolve)
    controller.abort()
    expect(await late.promise).toEqual(new Error('late'))
  })
})

describe('credit', () => {
  test('is taken once for each that was granted', async () => {
    const credit = new Credit()
    const signal = never()
    credit.grant(2)
    expect(await credit.take(signal)).toBe(true)
    expect(await credit.take(signal)).toBe(true)
    let taken = 0
    const third = credit.take(signal).then(() => taken++)
    await Promise.resolve()
    expect(taken).toBe(0)
    credit.grant(1)
    await third
    expect(taken).toBe(1)
  })

  test('leaves no listener on the signal, however often it was waited for', async () => {
    const credit = new Credit()
    const signal = never()
    for (let time = 0; time < 20; time++) {
      const taking = credit.take(signal)
      credit.grant(1)
      await taking
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('is no longer waited for when the signal aborts', async () => {
    const controller = new AbortController()
    const taking = new Credit().take(controller.signal)
    controller.abort()
    expect(await taking).toBe(false)
  })
})

test('a pause ends early when the signal aborts', async () => {
  const controller = new AbortController()
  const pausing = pause(2 ** 30, controller.signal)
  controller.abort()
  await pausing
  await pause(0, never())
})
