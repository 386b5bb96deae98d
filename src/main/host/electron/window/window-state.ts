import type { BrowserWindow, Rectangle, Screen } from 'electron'
import type { WindowState } from '../settings/schema.ts'

/** So much of a window's upper edge, in px, must lie on a screen for a hand to catch it. */
const grip = { width: 100, height: 40 }

/**
 * Where to put the window: where it was, if a screen is still there, and no larger than that screen; else where the
 * system wants it.
 */
export function placeWindow(
  state: WindowState,
  screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>,
): Partial<Rectangle> & { width: number; height: number } {
  const { x, y, width, height } = state
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const area = x === undefined || y === undefined ? undefined : areas.find(area => holds(area, x, y, width))
  const { width: widest, height: highest } = area ?? screen.getPrimaryDisplay().workArea
  const size = { width: Math.min(width, widest), height: Math.min(height, highest) }
  return area === undefined || x === undefined || y === undefined ? size : { x, y, ...size }
}

function holds(area: Rectangle, x: number, y: number, width: number): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const below = area.y + area.height - y
  return across >= Math.min(grip.width, width) && y >= area.y && below >= grip.height
}

/** Where the window is, as it will be when it is no longer maximized. */
export function stateOf(window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>): WindowState {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() }
}
