/**
 * Every shortcut has a modifier, so that none clashes with typing or with a screen reader's single keys (WCAG 2.2, 2.1.4), but for
 * the question mark, which acts outside of text fields only.
 */
export const shortcuts = {
  primary: { keys: ['Mod', 'Enter'], what: 'Train, pause or resume' },
  step: { keys: ['Mod', 'Shift', 'Enter'], what: 'One iteration while paused' },
  stop: { keys: ['Mod', '.'], what: 'Stop and keep what was learned' },
  help: { keys: ['?'], what: 'This help' },
} as const

export type Shortcut = keyof typeof shortcuts

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

/** The key of commands, as it is written on this platform. */
export const modKey = (): string => (isMac() ? '⌘' : 'Ctrl')

/** Each key as it is written on this platform. */
export const shortcutKeys = (name: Shortcut): string[] =>
  shortcuts[name].keys.map(key => (key === 'Mod' ? modKey() : key))

export const shortcutText = (name: Shortcut): string => shortcutKeys(name).join('+')

/** Where the question mark is a letter like any other. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select'))

/** Which shortcut a key press is, if any. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  if (event.isComposing || event.altKey) return null
  const mod = isMac() ? event.metaKey : event.ctrlKey
  if (mod && event.key === 'Enter') return event.shiftKey ? 'step' : 'primary'
  if (mod && event.key === '.') return 'stop'
  return event.key === '?' && !isTyping(event.target) ? 'help' : null
}
