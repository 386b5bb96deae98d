import { useElementSize, useEventListener } from '@vueuse/core'
import { type ComputedRef, computed, type Ref, shallowRef, watch } from 'vue'

/** What of a long list is in sight, and where it lies: the rest needs no elements. */
export interface Windowed {
  readonly first: ComputedRef<number>
  /** One past the last. */
  readonly end: ComputedRef<number>
  /** Of everything, CSS px. */
  readonly length: ComputedRef<number>
  /** Before the first that is in sight, CSS px. */
  readonly before: ComputedRef<number>
  /** Items side by side. */
  readonly perLine: ComputedRef<number>
}

/** Lines beyond the edges, so that scrolling shows no gaps. */
const spare = 3

/**
 * @param item length of one item along the list, CSS px
 * @param across its length across, where several stand side by side; undefined: one a line
 */
export function useWindowed(
  scroller: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  item: number,
  { along = 'y', across }: { along?: 'x' | 'y'; across?: number } = {},
): Windowed {
  const { width, height } = useElementSize(scroller)
  const scrolled = shallowRef(0)
  const read = () => {
    const element = scroller.value
    scrolled.value = (along === 'y' ? element?.scrollTop : element?.scrollLeft) ?? 0
  }
  useEventListener(scroller, 'scroll', read, { passive: true })
  // A shorter list scrolls back by itself, without an event in time.
  watch(count, read, { flush: 'post' })

  const perLine = computed(() => (across === undefined ? 1 : Math.max(1, Math.floor(width.value / across))))
  const lines = computed(() => Math.ceil(count() / perLine.value))
  const seen = computed(() => (along === 'y' ? height.value : width.value))
  const firstLine = computed(() =>
    Math.max(0, Math.min(lines.value - 1, Math.floor(scrolled.value / item)) - spare),
  )
  const endLine = computed(() => Math.ceil((scrolled.value + seen.value) / item) + spare)
  return {
    first: computed(() => firstLine.value * perLine.value),
    end: computed(() => Math.min(count(), endLine.value * perLine.value)),
    length: computed(() => lines.value * item),
    before: computed(() => firstLine.value * item),
    perLine,
  }
}
