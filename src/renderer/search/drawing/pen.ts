import { type Ref, shallowRef } from 'vue'
import type { Spot, Stroke } from './strokes.ts'

/** A stroke in the making, by the pointer or by the arrow keys. */
export interface Pen {
  readonly at: Ref<Spot>
  readonly down: Ref<boolean>
  /** Starts a stroke where it is. */
  press(spot: Spot): void
  /** @returns whether it left a mark on the way */
  move(spots: readonly Spot[]): boolean
  /** @returns what it has drawn since it was pressed; null where it was not */
  lift(): Stroke | null
  /** What it has drawn since it was pressed; null where it was not. */
  stroke(): Stroke | null
}

export function createPen(start: Spot, brush: () => Pick<Stroke, 'size' | 'erases'>): Pen {
  const at = shallowRef<Spot>(start)
  const down = shallowRef(false)
  let stroke: (Stroke & { readonly spots: Spot[] }) | null = null
  return {
    at,
    down,
    press(spot) {
      at.value = spot
      down.value = true
      stroke = { ...brush(), spots: [spot] }
    },
    move(spots) {
      at.value = spots.at(-1) ?? at.value
      stroke?.spots.push(...spots)
      return stroke !== null && spots.length > 0
    },
    lift() {
      const drawn = stroke
      stroke = null
      down.value = false
      return drawn
    },
    stroke: () => stroke,
  }
}

/** How far an arrow key moves the pen, as a share of the pad's width: a pixel of a digit; with Shift four. */
const step = 1 / 28

/** @returns where an arrow key takes the pen; null for any other key */
export function stepped(
  [x, y]: Spot,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  width: number,
  height: number,
): Spot | null {
  const by = width * step * (shiftKey ? 4 : 1)
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  switch (key) {
    case 'ArrowLeft':
      return [within(x - by, width), y]
    case 'ArrowRight':
      return [within(x + by, width), y]
    case 'ArrowUp':
      return [x, within(y - by, height)]
    case 'ArrowDown':
      return [x, within(y + by, height)]
    default:
      return null
  }
}
