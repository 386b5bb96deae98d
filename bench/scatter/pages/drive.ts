import { markerOpacity, markerRadius } from '../../../src/shared/drawing/markers.ts'
import { paletteOf } from '../../../src/shared/drawing/palette.ts'
import { clouds } from '../../../test/fakes/page/scatter/points.ts'
import type { Measured } from '../measured.ts'

/** The same pane for everybody, CSS px. */
export const pane = { width: 1200, height: 700 } as const
const classes = 10

/** What everybody draws: the same points, colours, sizes and opacities. */
export interface Job {
  /** [count, 2] */
  readonly values: Float32Array
  readonly labels: Uint16Array
  readonly count: number
  /** '#rrggbb' of every class. */
  readonly palette: readonly string[]
  /** CSS px. */
  readonly radius: number
  readonly opacity: number
  /** CSS px per unit of data at the start; the origin lies in the middle of the pane. */
  readonly scale: number
}

/** A drawn scatter. */
export interface Drawn {
  /** Moves what is seen and resolves once that is drawn: everything handed to whatever draws, not yet on the screen. */
  move(view: { readonly x: number; readonly y: number; readonly zoom: number }): Promise<void>
  /** Waits until the graphics card has really drawn what it was handed. */
  finish(): void
}

/** @returns once the first picture is drawn */
export type Contender = (job: Job) => Promise<Drawn>

declare global {
  interface Window {
    measure: (count: number, leastMs: number) => Promise<Measured>
  }
}

const nextFrame = () => new Promise(resolve => requestAnimationFrame(resolve))

/** Lets the page's contender be measured from outside. */
export function offer(contender: Contender): void {
  window.measure = async (count, leastMs) => {
    const { values, labels } = clouds(count, classes)
    const room = pane.width * pane.height
    const radius = markerRadius(count, room, 1)
    const opacity = markerOpacity(count, room, 1, radius)
    const job = { values, labels, count, palette: paletteOf(classes), radius, opacity, scale: 220 }
    await nextFrame()
    const started = performance.now()
    const drawn = await contender(job)
    await nextFrame()
    drawn.finish()
    await nextFrame()
    const firstDrawMs = performance.now() - started
    return { firstDrawMs, ...(await script(drawn, leastMs)) }
  }
}

/** Pans around a circle while it zooms in and out by a tenth: nearly all points stay in sight, which is the hardest. */
async function script(drawn: Drawn, leastMs: number): Promise<Pick<Measured, 'frameMs' | 'frames'>> {
  let frames = 0
  const started = performance.now()
  while (performance.now() - started < leastMs || frames < 3) {
    const turn = frames / 20
    await drawn.move({ x: 60 * Math.cos(turn), y: 60 * Math.sin(turn), zoom: 1 + 0.1 * Math.sin(turn * 2) })
    await nextFrame()
    frames++
  }
  drawn.finish()
  await nextFrame()
  return { frameMs: (performance.now() - started) / frames, frames }
}
