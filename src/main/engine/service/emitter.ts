import type { z } from 'zod'
import type { GatheredDefinition } from '../../../shared/rpc/contract-types.ts'
import { Channel } from '../../../shared/rpc/flow.ts'

type ItemOf<D extends GatheredDefinition> = z.output<D['item']>

/** Tells everyone who listens. */
export class Emitter<D extends GatheredDefinition> {
  readonly #definition: D
  readonly #channels = new Set<Channel<D>>()

  constructor(definition: D) {
    this.#definition = definition
  }

  emit(item: ItemOf<D>): void {
    for (const channel of this.#channels) channel.push(item)
  }

  /** All items from now on, after `first` if there is one, until the signal aborts. */
  async *listen(signal: AbortSignal, first?: ItemOf<D>): AsyncGenerator<ItemOf<D>, void> {
    const channel = new Channel(this.#definition, signal)
    if (first !== undefined) channel.push(first)
    this.#channels.add(channel)
    try {
      yield* channel
    } finally {
      this.#channels.delete(channel)
    }
  }
}
