import { isMac, modKey } from '../../ui/shortcuts.ts'
import type { Tool } from '../explorer-state.ts'

/** What a key does in the explorer, beyond what it does in the scatter itself. */
export type ExplorerAction =
  | { readonly do: 'tool'; readonly tool: Tool }
  | { readonly do: 'all' | 'none' | 'invert' | 'only' | 'toggle' | 'class' }
  | { readonly do: 'undo' | 'redo' }

/** Each as it is written on a button. */
export const explorerKeys = {
  move: 'V',
  lasso: 'L',
  box: 'B',
  turn: 'T',
  all: 'A',
  none: 'D',
  invert: 'I',
  only: 'O',
  toggle: 'Space',
  class: 'C',
} as const

const letters: Readonly<Record<string, ExplorerAction>> = {
  v: { do: 'tool', tool: 'move' },
  l: { do: 'tool', tool: 'lasso' },
  b: { do: 'tool', tool: 'box' },
  t: { do: 'tool', tool: 'turn' },
  a: { do: 'all' },
  d: { do: 'none' },
  i: { do: 'invert' },
  o: { do: 'only' },
  c: { do: 'class' },
}

/** A letter alone acts only where the focus is in the scatter or its tools (WCAG 2.2, 2.1.4). @returns null for others */
export function letterAction(event: KeyboardEvent): ExplorerAction | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return null
  return letters[event.key.toLowerCase()] ?? null
}

/** Anywhere in the explorer outside of text fields. @returns null for others */
export function modAction(event: KeyboardEvent): ExplorerAction | null {
  if (event.altKey || !(isMac() ? event.metaKey : event.ctrlKey)) return null
  switch (event.key.toLowerCase()) {
    case 'z':
      return { do: event.shiftKey ? 'redo' : 'undo' }
    case 'y':
      return event.shiftKey ? null : { do: 'redo' }
    case 'a':
      return event.shiftKey ? null : { do: 'all' }
    default:
      return null
  }
}

export const undoKeys = (): string => `${modKey()}+Z`
export const redoKeys = (): string => `${modKey()}+Shift+Z`
