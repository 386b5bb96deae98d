import type { z } from 'zod'
import { type GatheredDefinition, isGathered, type StreamDefinition } from './contract-types.ts'

/*
 * How a stream's items get from a source that must not wait to a client that may be slow.
 *
 *   source -> Channel (gathers) -> sender (one item a credit) -> wire -> client -> credit back
 */

/** What happened to one stream so far; for tests and for the curious. */
export interface FlowCounters {
  /** Items that the source gave. */
  pushed: number
  /** Items that a newer one replaced (`latest`) or took in (`merge`). */
  merged: number
  /** The most entries that waited at once. */
  mostWaiting: number
  /** Items posted to the client. */
  sent: number
}

export const newCounters = (): FlowCounters => ({ pushed: 0, merged: 0, mostWaiting: 0, sent: 0 })

type ItemOf<D extends StreamDefinition> = z.output<D['item']>

/**
 * Takes items from a source that pushes and hands them to one reader that pulls. Pushing never blocks, and what waits
 * is bounded by count: one entry for `latest`; for a merged stream at most log2(pushed) + 1.
 *
 * A merged stream's entries pair up like the digits of a binary counter: only neighbours of equal weight are merged,
 * so each item is copied log2(pushed) times at most, where merging into a single entry would copy all for each.
 */
export class Channel<D extends GatheredDefinition> implements AsyncIterable<ItemOf<D>> {
  readonly counters: FlowCounters
  readonly #definition: D
  #waiting: { item: ItemOf<D>; weight: number }[] = []
  #state: 'open' | 'ended' | { readonly error: unknown } = 'open'
  #wake: (() => void) | undefined

  /**
   * @param definition the contract's entry, which says how items are gathered
   * @param signal of the handler: when it aborts, the channel ends and what waits is dropped. A reader that waits
   *   for a next item could not be stopped otherwise, and would stay for ever.
   */
  constructor(definition: D, signal: AbortSignal, counters: FlowCounters = newCounters()) {
    this.#definition = definition
    this.counters = counters
    const drop = () => {
      this.#waiting = []
      this.end()
    }
    if (signal.aborted) drop()
    else signal.addEventListener('abort', drop, { once: true })
  }

  /** Adds an item. After the end it is ignored: a source may notice late that nobody listens. */
  push(item: ItemOf<D>): void {
    if (this.#state !== 'open') return
    this.counters.pushed++
    let entry = { item, weight: 1 }
    let last = this.#waiting.at(-1)
    while (last !== undefined && (this.#definition.delivery === 'latest' || last.weight <= entry.weight)) {
      this.#waiting.pop()
      entry = { item: this.#join(last.item, entry.item), weight: last.weight + entry.weight }
      last = this.#waiting.at(-1)
    }
    this.#waiting.push(entry)
    this.counters.mostWaiting = Math.max(this.counters.mostWaiting, this.#waiting.length)
    this.#wake?.()
  }

  /** No more items. What waits is still read. */
  end(): void {
    if (this.#state === 'open') this.#state = 'ended'
    this.#wake?.()
  }

  /** No more items. What waits is still read, then reading throws `error`. */
  fail(error: unknown): void {
    if (this.#state === 'open') this.#state = { error }
    this.#wake?.()
  }

  /** All that waits, as one item each time. For a single reader, one read at a time. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ItemOf<D>, void> {
    try {
      for (;;) {
        const entries = this.#waiting.splice(0)
        if (entries.length > 0) {
          yield entries.map(entry => entry.item).reduceRight((newer, older) => this.#join(older, newer))
        } else if (this.#state === 'open') {
          await new Promise<void>(resolve => {
            this.#wake = resolve
          })
        } else if (this.#state === 'ended') return
        else throw this.#state.error
      }
    } finally {
      this.end()
    }
  }

  #join(older: ItemOf<D>, newer: ItemOf<D>): ItemOf<D> {
    this.counters.merged++
    const definition: GatheredDefinition = this.#definition
    return definition.delivery === 'latest' ? newer : (definition.merge(older, newer) as ItemOf<D>)
  }
}

/** What the client is ready to take. One taker at a time. */
export class Credit {
  #count = 0
  #wake: (() => void) | undefined

  grant(count: number): void {
    this.#count += count
    this.#wake?.()
  }

  /** Uses up one credit, waiting for it if need be. @returns false when the signal aborts before there is one */
  async take(signal: AbortSignal): Promise<boolean> {
    if (this.#count === 0) {
      await untilAborted(signal, wake => {
        this.#wake = wake
      })
    }
    if (signal.aborted) return false
    this.#count--
    return true
  }
}

/**
 * The items of `source` in the order and at the speed in which the client may have them. A gathered stream's source is
 * read at once whatever the client does; any other is advanced only when this is.
 *
 * A gathered source must let the event loop turn now and then (a timer, input, output): one that yields for ever
 * without a pause keeps every message, `cancel` among them, from being read.
 * @param onLateError gets what the source throws after the signal aborted, for nobody reads then
 */
export function gather(
  definition: StreamDefinition,
  source: AsyncIterable<unknown>,
  signal: AbortSignal,
  counters: FlowCounters,
  onLateError: (error: unknown) => void,
): AsyncIterable<unknown> {
  if (!isGathered(definition)) return source
  const channel = new Channel(definition, signal, counters)
  void pump(source, channel, signal, onLateError)
  return channel
}

async function pump(
  source: AsyncIterable<unknown>,
  channel: Channel<GatheredDefinition>,
  signal: AbortSignal,
  onLateError: (error: unknown) => void,
): Promise<void> {
  try {
    for await (const item of source) {
      if (signal.aborted) return
      channel.push(item)
    }
    channel.end()
  } catch (error) {
    if (signal.aborted) onLateError(error)
    else channel.fail(error)
  }
}

/** Waits `ms` milliseconds, or until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await untilAborted(signal, wake => {
    timer = setTimeout(wake, ms)
  })
  clearTimeout(timer)
}

/** Resolves when `start`'s callback is called or the signal aborts, and leaves no listener behind. */
async function untilAborted(signal: AbortSignal, start: (wake: () => void) => void): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>(resolve => {
    const wake = () => {
      signal.removeEventListener('abort', wake)
      resolve()
    }
    signal.addEventListener('abort', wake, { once: true })
    start(wake)
  })
}
