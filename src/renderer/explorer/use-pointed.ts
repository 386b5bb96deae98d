import { onBeforeUnmount, type ShallowRef, shallowRef } from 'vue'
import type { ScatterStage } from './scatter-stage.ts'

/** A point's image beside it, CSS px from the canvas's corner. */
export interface Tip {
  readonly index: number
  readonly x: number
  readonly y: number
}

/** How long the pointer rests on a point before its image is fetched: passing over many asks for none. */
const dwellMs = 125

/**
 * The point under the pointer or the keyboard's cursor: ringed at once, its image a moment later.
 * @param told of every change; -1 for none
 */
export function usePointed(stage: ShallowRef<ScatterStage | null>, told: (index: number) => void = () => {}) {
  const tip = shallowRef<Tip | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = () => {
    const index = stage.value?.pointed ?? -1
    const at = stage.value?.positionOf(index) ?? null
    tip.value = at === null ? null : { index, ...at }
  }
  const point = (index: number, by: 'pointer' | 'keyboard') => {
    if (index === stage.value?.pointed && by === 'pointer') return
    clearTimeout(timer)
    stage.value?.point(index, by === 'keyboard')
    told(index)
    if (by === 'keyboard') return open()
    tip.value = null
    if (index >= 0) timer = setTimeout(open, dwellMs)
  }
  onBeforeUnmount(() => clearTimeout(timer))
  return {
    tip,
    point,
    leave: () => point(-1, 'pointer'),
    /** After the points or the view have moved. */
    follow: () => {
      if (tip.value !== null) open()
    },
  }
}
