import { useElementSize, useScroll } from '@vueuse/core'
import { type ComputedRef, computed, type ShallowRef } from 'vue'
import { visibleRange } from './visible-range.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Few classes fill the place, many scroll. */
const fill = (room: number, count: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, Math.floor((room - 2) / Math.max(1, count))))

/** The least that `scrolled` has to become for a cell to be in sight behind the heads, px. */
const into = (at: number, each: number, before: number, scrolled: number, length: number): number =>
  Math.max((at + 1) * each + before - length, Math.min(scrolled, at * each))

/** How large heads and cells are, CSS px, and which rows and columns are in sight. */
export function useConfusionLayout(
  grid: Readonly<ShallowRef<HTMLElement | null>>,
  count: ComputedRef<number>,
  upright: ComputedRef<boolean>,
) {
  const { width, height } = useElementSize(grid)
  const { x, y } = useScroll(grid)
  const head = computed<Size>(() =>
    upright.value ? { width: 160, height: 130 } : { width: 110, height: 30 },
  )
  const cell = computed<Size>(() => ({
    width: fill(width.value - head.value.width, count.value, 46, 92),
    height: fill(height.value - head.value.height, count.value, 26, 44),
  }))
  const inSight = (scrolled: number, room: number, each: number): number[] => {
    const { from, to } = visibleRange(scrolled, room, each, count.value)
    return Array.from({ length: to - from }, (_, i) => from + i)
  }
  const rows = computed(() => inSight(y.value, height.value, cell.value.height))
  const columns = computed(() => inSight(x.value, width.value, cell.value.width))

  /** Scrolls until a cell is in sight. */
  function reveal(row: number, column: number): void {
    const box = grid.value
    if (!box) return
    box.scrollTop = into(row, cell.value.height, head.value.height, box.scrollTop, box.clientHeight)
    box.scrollLeft = into(column, cell.value.width, head.value.width, box.scrollLeft, box.clientWidth)
  }

  return { head, cell, rows, columns, reveal }
}
