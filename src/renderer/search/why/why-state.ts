import { type ShallowRef, shallowRef } from 'vue'
import type { Explained, Hit, Query } from '../../../shared/contract.ts'
import type { EngineClient } from '../../engine-client.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import { perEngine } from '../per-engine.ts'
import { queryOf } from '../queries.ts'

export type Method = 'occlusion' | 'gradient'

/** Two images that are asked about: the query and one that was found. */
export interface Pair {
  readonly asked: Query
  /** The query as the network sees it, [height * width * channels]. */
  readonly pixels: Uint8Array
  readonly hit: Hit
  readonly folder: string | null
}

/** What the engine said of a pair. */
export interface Why extends Pair {
  readonly method: Method
  readonly explained: Explained
}

export interface WhyState {
  readonly why: ShallowRef<Why | null>
  readonly method: ShallowRef<Method>
  /** The maps are drawn over the images. */
  readonly overlay: ShallowRef<boolean>
  readonly pending: ShallowRef<boolean>
  readonly fault: ShallowRef<string | null>
  ask(pair: Pair): Promise<void>
  cancel(): void
  clear(): void
}

/** Side of the patch that is hidden, in pixels: about the width of two strokes of a digit. */
export const patch = 5

export function createWhy(client: EngineClient): WhyState {
  const why = shallowRef<Why | null>(null)
  const method = shallowRef<Method>('occlusion')
  const pending = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  let current: AbortController | null = null

  const cancel = () => {
    current?.abort()
    current = null
    pending.value = false
  }
  return {
    why,
    method,
    overlay: shallowRef(true),
    pending,
    fault,
    async ask(pair) {
      cancel()
      const mine = new AbortController()
      current = mine
      pending.value = true
      fault.value = null
      const asked = method.value
      const second = queryOf(pair.hit, pair.folder)
      try {
        const input = { first: pair.asked, second, method: asked, patch }
        const explained = await client.explain(input, { signal: mine.signal })
        if (current === mine) why.value = { ...pair, method: asked, explained }
      } catch (error) {
        if (current === mine) fault.value = errorNotice(error).text
      }
      if (current === mine) cancel()
    },
    cancel,
    clear() {
      cancel()
      why.value = null
      fault.value = null
    },
  }
}

export const useWhy: () => WhyState = perEngine(({ client }) => createWhy(client))
