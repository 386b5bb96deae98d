import { watch } from 'vue'
import { TwinlensError } from '../shared/errors.ts'
import type { Engine } from './engine.ts'

/** Hands on every item of a stream, over every connection to the engine. Call it within an effect scope. */
export function followStream<Item>(
  connection: Engine['connection'],
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  take: (item: Item) => void,
): void {
  watch(
    connection,
    async (now, _, onCleanup) => {
      if (now !== 'ready') return
      const ended = new AbortController()
      onCleanup(() => ended.abort())
      try {
        for await (const item of open(ended.signal)) take(item)
      } catch (error) {
        // The next connection follows, and says so itself.
        const gone = error instanceof TwinlensError && error.kind === 'engine-crashed'
        if (!ended.signal.aborted && !gone) console.error(error)
      }
    },
    { immediate: true },
  )
}
