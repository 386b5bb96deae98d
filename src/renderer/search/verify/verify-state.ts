import { type ComputedRef, computed, type ShallowRef, shallowRef, watch } from 'vue'
import type { Verified } from '../../../shared/contract.ts'
import type { Engine } from '../../engine.ts'
import { errorNotice } from '../../ui/error-notice.ts'
import type { Slot } from '../compare-state.ts'
import type { Folder } from '../gallery/folders-state.ts'
import { perEngine } from '../per-engine.ts'

export interface VerifyState {
  readonly sides: ShallowRef<readonly [Folder | null, Folder | null]>
  /** Every picture of the first with every one of the second, or with its nearest alone. */
  readonly pairs: ShallowRef<'best' | 'all'>
  /** Null until both folders are there, and where they could not be verified. */
  readonly verified: ShallowRef<Verified | null>
  readonly pending: ShallowRef<boolean>
  readonly fault: ShallowRef<string | null>
  readonly isFull: ComputedRef<boolean>
  /** Which side the next folder goes to. */
  next(): Slot
  put(slot: Slot, folder: Folder | null): void
  cancel(): void
}

/** Of two folders, one question at a time. What counts as similar is decided by the distances, wherever the threshold is. */
export function createVerify({
  client,
  points,
  data,
}: Pick<Engine, 'client' | 'data' | 'points'>): VerifyState {
  const sides = shallowRef<readonly [Folder | null, Folder | null]>([null, null])
  const pairs = shallowRef<'best' | 'all'>('best')
  const verified = shallowRef<Verified | null>(null)
  const pending = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  let current: AbortController | null = null

  const cancel = () => {
    current?.abort()
    current = null
    pending.value = false
  }
  const ask = async () => {
    cancel()
    verified.value = null
    fault.value = null
    const [first, second] = sides.value
    if (first === null || second === null) return
    const mine = new AbortController()
    current = mine
    pending.value = true
    try {
      const input = { first: first.gallery, second: second.gallery, threshold: 0, pairs: pairs.value }
      const answer = await client.verify(input, { signal: mine.signal })
      if (current === mine) verified.value = answer
    } catch (error) {
      if (current === mine) fault.value = errorNotice(error).text
    }
    if (current === mine) cancel()
  }
  watch([sides, pairs], () => void ask())
  // Distances of another network are none of this one's, and other images may have another size.
  watch(
    () => [points.value?.training, data.value?.name] as const,
    () => {
      if (sides.value.some(side => side !== null)) sides.value = [null, null]
    },
  )

  return {
    sides,
    pairs,
    verified,
    pending,
    fault,
    isFull: computed(() => sides.value.every(side => side !== null)),
    next: () => (sides.value[0] === null || sides.value[1] !== null ? 0 : 1),
    put(slot, folder) {
      const [first, second] = sides.value
      sides.value = slot === 0 ? [folder, second] : [first, folder]
    },
    cancel,
  }
}

export const useVerify: () => VerifyState = perEngine(createVerify)
