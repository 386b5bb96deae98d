import { shallowRef } from 'vue'
import { type Graphics, graphicsHere } from './pick-renderer.ts'

/** Whether the window has yet to say that it draws without a graphics card: once, until it is closed. */
export const noteIsDue = shallowRef(false)

let known: Graphics | null = null

/** Asked once: a context takes a while to be made. */
export function graphicsNow(ask: () => Graphics = graphicsHere): Graphics {
  if (known === null) {
    known = ask()
    noteIsDue.value = known === 'none'
  }
  return known
}
