import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import { originNames, type Query } from '../../shared/contract.ts'
import { sameImages } from '../datasets/same-images.ts'
import type { Engine } from '../engine.ts'
import { isActive } from '../engine-session.ts'
import { type ExplorerState, useExplorer } from '../explorer/explorer-state.ts'
import type { ShownImages } from '../explorer/splits/shown-images.ts'
import { type ChoiceState, createChoice } from './choice-state.ts'
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
  /** What is searched. */
  readonly choice: ChoiceState
  readonly compare: CompareState
  /** What the scatter points out. */
  readonly marks: ComputedRef<readonly Mark[]>
  /** An image was chosen, wherever: it becomes the query, or fills a slot. */
  choose(query: Query, slot?: Slot): Promise<void>
  /** A picture in the making is the query. @param maker see SearchState.ask */
  draw(query: Query, maker: object): Promise<void>
  /** Chooses a test image by chance. */
  random(slot?: Slot): Promise<void>
  /** Before any training: says so. @returns whether it is */
  nothingLearned(): boolean
  /** Something was dropped or pasted that is no picture. */
  refuse(sentence: string): void
}

/** Moving points are searched anew no more often than this. */
const refreshMs = 1000

export function createSelection(
  { client, data, points, training }: Engine,
  { images }: Pick<ExplorerState, 'images'>,
): Selection {
  const mode = shallowRef<Mode>('search')
  const choice = createChoice()
  const search = createSearch(client, () => choice.choice.value)
  const compare = createCompare(client)

  const refuse = (sentence: string) => {
    const state = mode.value === 'search' ? search : compare
    state.fault.value = sentence
  }
  const nothingLearned = (): boolean => {
    if (points.value !== null) return false
    refuse('Nothing has been learned yet: press Train first.')
    return true
  }
  const choose = async (query: Query, slot?: Slot) => {
    if (nothingLearned()) return
    if (mode.value === 'compare') await compare.fill(query, slot)
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
  watch(choice.choice, () => void search.again())
  // Another engine knows of no folder that was brought.
  watch(
    () => training.value.training,
    (now, before) => {
      if (now < before) choice.gallery.value = { kind: 'test' }
    },
  )
  // The network that the answers were of is gone.
  watch(points, now => {
    if (now !== null) return
    search.clear()
    compare.clear()
  })
  watch(data, (now, before) => {
    if (before === null || sameImages(now, before)) return
    search.clear()
    compare.clear()
    choice.gallery.value = { kind: 'test' }
    choice.classes.value = null
  })

  return {
    mode,
    search,
    choice,
    compare,
    marks: computed(() => {
      if (points.value === null) return []
      return mode.value === 'search'
        ? searchMarks(search.answer.value, images.value)
        : compareMarks(compare.comparison.value.sides, images.value)
    }),
    choose,
    async draw(query, maker) {
      if (!nothingLearned()) await search.ask(query, maker)
    },
    async random(slot) {
      if (data.value === null) return
      const asked = mode.value === 'search' ? search.answer.value?.asked : undefined
      const index = randomIndex(data.value.testCount, asked?.kind === 'test' ? asked.index : null)
      await choose({ kind: 'test', index }, slot)
    },
    nothingLearned,
    refuse,
  }
}

function placeOf(asked: Query, point: Float32Array, images: ShownImages): Place {
  const number =
    asked.kind === 'test' || asked.kind === 'train' ? images.pointOf(asked.kind, asked.index) : -1
  return number >= 0 ? { kind: 'point', index: number } : { kind: 'picture', point }
}

/** So many ranks can still be told apart where they crowd; of more, the first nine are written. */
const mostRanks = 20

/** Neighbours that have a place of their own in the scatter: test images, and training images while they are shown. */
function searchMarks(answer: Answer | null, images: ShownImages): Mark[] {
  if (answer === null) return []
  const { indices, origins } = answer.neighbours
  const written = indices.length > mostRanks ? 9 : mostRanks
  const neighbours = Array.from(indices, (index, i): Mark | null => {
    const origin = originNames[origins[i] as number]
    const number = origin === 'test' || origin === 'train' ? images.pointOf(origin, index) : -1
    if (number < 0) return null
    return { place: { kind: 'point', index: number }, text: i < written ? String(i + 1) : '', asked: false }
  })
  const asked = { place: placeOf(answer.asked, answer.query.point, images), text: '', asked: true }
  return [asked, ...neighbours.filter(mark => mark !== null)]
}

const compareMarks = (sides: readonly (Side | null)[], images: ShownImages): Mark[] =>
  sides.flatMap((side, i) =>
    side === null
      ? []
      : [
          {
            place: placeOf(side.asked, side.placed.point, images),
            text: slotNames[i] as string,
            asked: true,
          },
        ],
  )

/** The engine's one selection: it outlives the components that show it. */
export const useSelection: () => Selection = perEngine(engine => createSelection(engine, useExplorer()))
