import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import type { Found, Gallery, Query } from '../../shared/contract.ts'
import type { EngineClient } from '../engine-client.ts'
import { errorNotice } from '../ui/error-notice.ts'
import type { Choice } from './choice-state.ts'
import { amend, emptyHistory, entryAt, type History, moveTo, remember } from './history.ts'
import { bytesOf } from './queries.ts'

/** A question and what the engine said to it. */
export interface Answer extends Found {
  readonly asked: Query
  /** Where it was looked for. */
  readonly gallery: Gallery
}

/** A question that was answered, with what the network saw of it: [height * width * channels]. */
export interface Visit {
  readonly asked: Query
  readonly pixels: Uint8Array
  /** Whose picture it is while it is still being made, a drawing's: its next state takes its place. */
  readonly maker: object | null
}

export interface SearchState {
  readonly answer: ShallowRef<Answer | null>
  readonly pending: ShallowRef<boolean>
  /** One sentence or two on what went wrong; null while nothing has. */
  readonly fault: ShallowRef<string | null>
  /** What was asked for, oldest first, and where one stands in it. */
  readonly history: ShallowRef<History<Visit>>
  /** How many questions anyone has asked: a slow asker sees by it whether it was overtaken. */
  asked(): number
  /** Where one stands in it. */
  current(): Visit | undefined
  readonly canGoBack: ComputedRef<boolean>
  readonly canGoForward: ComputedRef<boolean>
  /** @param maker who asks again and again for a picture that is being made: all of it is one step of the history */
  ask(query: Query, maker?: object): Promise<void>
  /** The current question in another form, its picture prepared otherwise: no step of the history. */
  change(query: Query): Promise<void>
  /** The current question once more, by what the network has learned since. */
  refresh(): Promise<void>
  /** The current question once more, for what is chosen now. */
  again(): Promise<void>
  back(): Promise<void>
  forward(): Promise<void>
  /** @param at which of the history's entries */
  goTo(at: number): Promise<void>
  /** Asks for nothing any more; the way back stays. */
  dismiss(): void
  /** Other images: no question makes sense any more. */
  clear(): void
}

/** Pictures are kept as they came to be asked again: so many, and not more than so much of them. */
const limits = { entries: 100, bytes: 128_000_000, bytesOf: ({ asked }: Visit) => bytesOf(asked) }

/** Asked for twice, by a double click, say, it is one step of the history. */
const sameImage = (query: Query, other: Query | undefined): boolean =>
  (query.kind === 'test' || query.kind === 'train') &&
  query.kind === other?.kind &&
  query.index === other.index

/**
 * Searches, one at a time: a newer question withdraws the one on its way, and an answer that comes too late is
 * dropped. A picture becomes the query, and part of the history, only once the engine has accepted it.
 */
export function createSearch(client: EngineClient, choice: () => Choice): SearchState {
  const answer = shallowRef<Answer | null>(null)
  const pending = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  const history = shallowRef<History<Visit>>(emptyHistory)
  let asked = 0
  let current: AbortController | null = null
  /** The question on its way. */
  let asking: { readonly asked: Query; readonly accept: (found: Found) => void } | null = null

  /** @param quiet nobody asked: what goes wrong is no news, and the answer there was stays */
  const search = async (query: Query, accept: (found: Found) => void, quiet = false) => {
    if (!quiet) asked++
    current?.abort()
    const mine = new AbortController()
    current = mine
    asking = { asked: query, accept }
    pending.value = true
    const faultBefore = fault.value
    try {
      const chosen = choice()
      const found = await client.search({ query, ...chosen }, { signal: mine.signal })
      if (current !== mine) return
      accept(found)
      // What a person was told stays until they ask again or close it: what they were told meanwhile is news.
      if (!quiet && fault.value === faultBefore) fault.value = null
      answer.value = { ...found, asked: query, gallery: chosen.gallery }
    } catch (error) {
      if (current === mine && !quiet) fault.value = errorNotice(error).text
    }
    if (current !== mine) return
    current = null
    asking = null
    pending.value = false
  }

  const goTo = async (at: number) => {
    const visit = history.value.entries[at]
    if (visit === undefined) return
    await search(visit.asked, () => {
      history.value = moveTo(history.value, at)
    })
  }

  const dismiss = () => {
    current?.abort()
    current = null
    asking = null
    pending.value = false
    answer.value = null
    fault.value = null
  }

  return {
    answer,
    pending,
    fault,
    history,
    asked: () => asked,
    current: () => entryAt(history.value, 0),
    canGoBack: computed(() => entryAt(history.value, -1) !== undefined),
    canGoForward: computed(() => entryAt(history.value, 1) !== undefined),
    ask: (query, maker) =>
      search(query, ({ query: { pixels } }) => {
        const visit: Visit = { asked: query, pixels, maker: maker ?? null }
        const now = entryAt(history.value, 0)
        if (maker !== undefined && now?.maker === maker) history.value = amend(history.value, visit)
        else if (!sameImage(query, now?.asked)) history.value = remember(history.value, visit, limits)
      }),
    change: query =>
      search(query, ({ query: { pixels } }) => {
        const maker = entryAt(history.value, 0)?.maker ?? null
        history.value = amend(history.value, { asked: query, pixels, maker })
      }),
    async again() {
      if (asking !== null) await search(asking.asked, asking.accept)
      else if (answer.value !== null) await search(answer.value.asked, () => {})
    },
    async refresh() {
      // A question on its way is answered by the newest points anyhow.
      if (answer.value !== null && current === null) await search(answer.value.asked, () => {}, true)
    },
    back: () => goTo(history.value.at - 1),
    forward: () => goTo(history.value.at + 1),
    goTo,
    dismiss,
    clear() {
      dismiss()
      history.value = emptyHistory
    },
  }
}
