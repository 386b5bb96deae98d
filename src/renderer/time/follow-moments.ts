import { type ShallowRef, shallowRef, watch } from 'vue'
import type { Moments } from '../../shared/contract.ts'
import { TwinlensError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'

const none: Moments = { training: 0, iterations: new Int32Array(0), oldestIterations: new Int32Array(0) }

/** The moments that the engine keeps, over every connection to it. Call it within an effect scope. */
export function followMoments({
  client,
  connection,
}: Pick<Engine, 'client' | 'connection'>): ShallowRef<Moments> {
  const list = shallowRef(none)
  watch(
    connection,
    async (now, _, onCleanup) => {
      if (now !== 'ready') return
      const open = new AbortController()
      onCleanup(() => open.abort())
      try {
        for await (const item of client.moments(undefined, { signal: open.signal })) list.value = item
      } catch (error) {
        // The next connection follows, and says so itself.
        const gone = error instanceof TwinlensError && error.kind === 'engine-crashed'
        if (!open.signal.aborted && !gone) console.error(error)
      }
    },
    { immediate: true },
  )
  return list
}
