import type { Direction } from './nearest-in-direction.ts'

/** What a key does in the scatter. */
export type KeyAction =
  | { readonly do: 'walk'; readonly to: Direction | 'next' | 'previous' }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'pan'; readonly to: Direction }
  | { readonly do: 'fit' | 'look at marks' | 'choose' | 'random' | 'leave' | 'tell' }

/** One press of a zoom key or button. */
export const zoomStep = 1.5

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** @returns null for keys that are left to the page: all with Alt, Ctrl or the command key among them */
export function keyAction({ key, shiftKey, altKey, ctrlKey, metaKey }: Press): KeyAction | null {
  if (altKey || ctrlKey || metaKey) return null
  const arrow = arrows[key]
  if (arrow !== undefined) return shiftKey ? { do: 'pan', to: arrow } : { do: 'walk', to: arrow }
  switch (key) {
    case 'PageDown':
      return { do: 'walk', to: 'next' }
    case 'PageUp':
      return { do: 'walk', to: 'previous' }
    case '+':
    case '=':
      return { do: 'zoom', factor: zoomStep }
    case '-':
    case '_':
      return { do: 'zoom', factor: 1 / zoomStep }
    case '0':
      return { do: 'fit' }
    case 'Enter':
      return { do: 'choose' }
    case 'z':
    case 'Z':
      return { do: 'look at marks' }
    case 'r':
    case 'R':
      return { do: 'random' }
    case 'Escape':
      return { do: 'leave' }
    case 'n':
    case 'N':
      return { do: 'tell' }
    default:
      return null
  }
}

/** A wheel's turn as a factor; a line counts 16 px, a page 400. */
export function wheelFactor({ deltaY, deltaMode }: Pick<WheelEvent, 'deltaY' | 'deltaMode'>): number {
  const pixels = deltaY * ([1, 16, 400][deltaMode] ?? 1)
  return Math.exp(-Math.min(200, Math.max(-200, pixels)) * 0.002)
}
