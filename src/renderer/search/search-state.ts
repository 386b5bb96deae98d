import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import type { Found, Query } from '../../shared/contract.ts'
import type { EngineClient } from '../engine-client.ts'
import { errorNotice } from '../ui/error-notice.ts'
import { emptyHistory, entryAt, type History, move, remember } from './history.ts'
import { bytesOf } from './queries.ts'

/** A question and what the engine said to it. */
export interface Answer extends Found {
  readonly asked: Query
}

export interface SearchState {
  readonly answer: ShallowRef<Answer | null>
  readonly pending: ShallowRef<boolean>
  /** One sentence or two on what went wrong; null while nothing has. */
  readonly fault: ShallowRef<string | null>
  readonly canGoBack: ComputedRef<boolean>
  readonly canGoForward: ComputedRef<boolean>
  ask(query: Query): Promise<void>
  /** The current question once more, by what the network has learned since. */
  refresh(): Promise<void>
  back(): Promise<void>
  forward(): Promise<void>
  /** Asks for nothing any more; the way back stays. */
  dismiss(): void
  /** Other images: no question makes sense any more. */
  clear(): void
}

export const neighbourCount = 9

/** Pictures are kept as they came to be asked again: so many, and not more than so much of them. */
const limits = { entries: 100, bytes: 128_000_000, bytesOf }

/** Asked for twice, by a double click, say, it is one step of the history. */
const sameTestImage = (query: Query, other: Query | undefined): boolean =>
  query.kind === 'test' && other?.kind === 'test' && query.index === other.index

/**
 * Searches, one at a time: a newer question withdraws the one on its way, and an answer that comes too late is
 * dropped. A picture becomes the query, and part of the history, only once the engine has accepted it.
 */
export function createSearch(client: EngineClient): SearchState {
  const answer = shallowRef<Answer | null>(null)
  const pending = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  const history = shallowRef<History<Query>>(emptyHistory)
  let current: AbortController | null = null

  /** @param quiet nobody asked: what goes wrong is no news, and the answer there was stays */
  const search = async (asked: Query, accept: () => void, quiet = false) => {
    current?.abort()
    const mine = new AbortController()
    current = mine
    pending.value = true
    try {
      const found = await client.search({ query: asked, count: neighbourCount }, { signal: mine.signal })
      if (current !== mine) return
      accept()
      fault.value = null
      answer.value = { ...found, asked }
    } catch (error) {
      if (current === mine && !quiet) fault.value = errorNotice(error).text
    }
    if (current !== mine) return
    current = null
    pending.value = false
  }

  const step = async (by: -1 | 1) => {
    const query = entryAt(history.value, by)
    if (query === undefined) return
    await search(query, () => {
      history.value = move(history.value, by)
    })
  }

  const dismiss = () => {
    current?.abort()
    current = null
    pending.value = false
    answer.value = null
    fault.value = null
  }

  return {
    answer,
    pending,
    fault,
    canGoBack: computed(() => entryAt(history.value, -1) !== undefined),
    canGoForward: computed(() => entryAt(history.value, 1) !== undefined),
    ask: query =>
      search(query, () => {
        if (!sameTestImage(query, entryAt(history.value, 0)))
          history.value = remember(history.value, query, limits)
      }),
    async refresh() {
      // A question on its way is answered by the newest points anyhow.
      if (answer.value !== null && current === null) await search(answer.value.asked, () => {}, true)
    },
    back: () => step(-1),
    forward: () => step(1),
    dismiss,
    clear() {
      dismiss()
      history.value = emptyHistory
    },
  }
}
