import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Query } from '../../shared/contract.ts'
import type { Engine } from '../engine.ts'
import { isActive } from '../engine-session.ts'
import { type CompareState, createCompare, type Side, type Slot, slotNames } from './compare-state.ts'
import type { Mark, Place } from './marks.ts'
import { paced } from './paced.ts'
import { perEngine } from './per-engine.ts'
import { isCheap, randomIndex } from './queries.ts'
import { type Answer, createSearch, type SearchState } from './search-state.ts'

export type Mode = 'search' | 'compare'

/** What is looked for or compared, shared by the scatter and the search panel. */
export interface Selection {
  readonly mode: ShallowRef<Mode>
  readonly search: SearchState
  readonly compare: CompareState
  /** What the scatter points out. */
  readonly marks: ComputedRef<readonly Mark[]>
  /** An image was chosen, wherever: it becomes the query, or fills a slot. */
  choose(query: Query, slot?: Slot): Promise<void>
  /** A picture in the making is the query. @param maker see SearchState.ask */
  draw(query: Query, maker: object): Promise<void>
  /** Chooses a test image by chance. */
  random(slot?: Slot): Promise<void>
  /** Something was dropped or pasted that is no picture. */
  refuse(sentence: string): void
}

const nothingLearned = 'Nothing has been learned yet: press Train first.'

/** Moving points are searched anew no more often than this. */
const refreshMs = 1000

export function createSelection({ client, data, points, training }: Engine): Selection {
  const mode = shallowRef<Mode>('search')
  const search = createSearch(client)
  const compare = createCompare(client)

  const refuse = (sentence: string) => {
    const state = mode.value === 'search' ? search : compare
    state.fault.value = sentence
  }
  const choose = async (query: Query, slot?: Slot) => {
    if (points.value === null) refuse(nothingLearned)
    else if (mode.value === 'compare') await compare.fill(query, slot)
    else await search.ask(query)
  }
  const queries = (): Query[] =>
    mode.value === 'search'
      ? search.answer.value === null
        ? []
        : [search.answer.value.asked]
      : compare.comparison.value.sides.flatMap(side => (side === null ? [] : [side.asked]))
  const again = paced(() => (mode.value === 'search' ? search.refresh() : compare.refresh()), refreshMs)
  watch([points, mode], () => {
    if (points.value === null || (isActive(training.value) && !queries().every(isCheap))) return
    again.wish()
  })
  // The network that the answers were of is gone.
  watch(points, now => {
    if (now !== null) return
    search.clear()
    compare.clear()
  })
  watch(data, (now, before) => {
    if (before === null || (now !== null && now.name === before.name && now.testCount === before.testCount))
      return
    search.clear()
    compare.clear()
  })

  return {
    mode,
    search,
    compare,
    marks: computed(() => {
      if (points.value === null) return []
      return mode.value === 'search'
        ? searchMarks(search.answer.value)
        : compareMarks(compare.comparison.value.sides)
    }),
    choose,
    async draw(query, maker) {
      if (points.value === null) refuse(nothingLearned)
      else await search.ask(query, maker)
    },
    async random(slot) {
      if (data.value === null) return
      const asked = mode.value === 'search' ? search.answer.value?.asked : undefined
      const index = randomIndex(data.value.testCount, asked?.kind === 'test' ? asked.index : null)
      await choose({ kind: 'test', index }, slot)
    },
    refuse,
  }
}

const placeOf = (asked: Query, point: Float32Array): Place =>
  asked.kind === 'test' ? asked : { kind: 'picture', point }

function searchMarks(answer: Answer | null): Mark[] {
  if (answer === null) return []
  const neighbours = Array.from(answer.neighbours.indices, (index, i): Mark => {
    return { place: { kind: 'test', index }, text: String(i + 1), asked: false }
  })
  return [{ place: placeOf(answer.asked, answer.query.point), text: '', asked: true }, ...neighbours]
}

const compareMarks = (sides: readonly (Side | null)[]): Mark[] =>
  sides.flatMap((side, i) =>
    side === null
      ? []
      : [{ place: placeOf(side.asked, side.placed.point), text: slotNames[i] as string, asked: true }],
  )

/** The engine's one selection: it outlives the components that show it. */
export const useSelection: () => Selection = perEngine(createSelection)
