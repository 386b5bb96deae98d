import { type ShallowRef, shallowRef } from 'vue'
import type { Placed, Query } from '../../shared/contract.ts'
import type { EngineClient } from '../engine-client.ts'
import { errorNotice } from '../ui/error-notice.ts'

/** One of two images that are compared. */
export interface Side {
  readonly asked: Query
  readonly placed: Placed
}

export type Slot = 0 | 1
export const slotNames = ['A', 'B'] as const

export interface Comparison {
  readonly sides: readonly [Side | null, Side | null]
  /** Null until both are there. */
  readonly distance: number | null
  /** Probability that they are of one class; null until both are there, and before the end of a training. */
  readonly same: number | null
}

export interface CompareState {
  readonly comparison: ShallowRef<Comparison>
  /** Which one the next image goes to. */
  readonly active: ShallowRef<Slot>
  readonly pending: ShallowRef<boolean>
  readonly fault: ShallowRef<string | null>
  fill(query: Query, slot?: Slot): Promise<void>
  empty(slot: Slot): Promise<void>
  refresh(): Promise<void>
  clear(): void
}

type Questions = readonly [Query | null, Query | null]

const nothing: Comparison = { sides: [null, null], distance: null, same: null }

/** Compares, one question at a time: a newer one withdraws the one on its way. */
export function createCompare(client: EngineClient): CompareState {
  const comparison = shallowRef<Comparison>(nothing)
  const active = shallowRef<Slot>(0)
  const pending = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  let current: AbortController | null = null

  const asked = (): Questions => {
    const [first, second] = comparison.value.sides
    return [first?.asked ?? null, second?.asked ?? null]
  }

  const compare = async (questions: Questions, accept: () => void) => {
    current?.abort()
    const mine = new AbortController()
    current = mine
    pending.value = true
    try {
      const answer = await measure(client, questions, mine.signal)
      if (current !== mine) return
      comparison.value = answer
      fault.value = null
      accept()
    } catch (error) {
      if (current === mine) fault.value = errorNotice(error).text
    }
    if (current !== mine) return
    current = null
    pending.value = false
  }

  return {
    comparison,
    active,
    pending,
    fault,
    async fill(query, slot = active.value) {
      const [first, second] = asked()
      const other: Slot = slot === 0 ? 1 : 0
      const questions: Questions = slot === 0 ? [query, second] : [first, query]
      await compare(questions, () => {
        active.value = questions[other] === null ? other : slot
      })
    },
    async empty(slot) {
      const [first, second] = asked()
      await compare(slot === 0 ? [null, second] : [first, null], () => {
        active.value = slot
      })
    },
    async refresh() {
      if (current === null && asked().some(query => query !== null)) await compare(asked(), () => {})
    },
    clear() {
      current?.abort()
      current = null
      pending.value = false
      fault.value = null
      active.value = 0
      comparison.value = nothing
    },
  }
}

async function measure(
  client: EngineClient,
  [first, second]: Questions,
  signal: AbortSignal,
): Promise<Comparison> {
  if (first !== null && second !== null) {
    const both = await client.compare({ first, second }, { signal })
    const sides = [
      { asked: first, placed: both.first },
      { asked: second, placed: both.second },
    ] as const
    return { sides, distance: both.distance, same: both.same }
  }
  const [left, right] = await Promise.all([place(client, first, signal), place(client, second, signal)])
  return { sides: [left, right], distance: null, same: null }
}

/** Where a single image falls: a search says so along with its neighbours. */
async function place(client: EngineClient, asked: Query | null, signal: AbortSignal): Promise<Side | null> {
  if (asked === null) return null
  const found = await client.search({ query: asked, count: 1 }, { signal })
  return { asked, placed: found.query }
}
