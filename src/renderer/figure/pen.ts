import type { Shape } from '../../shared/drawing/markers.ts'
import type { Drawing } from '../explorer/drawing.ts'
import type { Area } from '../explorer/view-transform.ts'

export interface TextLook {
  /** px */
  readonly size: number
  readonly colour: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly bold?: boolean
  /** A rim, so that letters can be read on points. */
  readonly rim?: string
  /** A quarter turn to the left, for what stands beside an upright axis. */
  readonly upright?: boolean
}

export interface MarkerLook {
  readonly shape: Shape
  readonly colour: string
  /** px */
  readonly radius: number
  readonly opacity: number
  /** Of the background's colour; '' for none. */
  readonly rim: string
}

/** What a figure is drawn with: on a canvas, or into an SVG. All lengths are CSS px from the upper left corner. */
export interface Pen {
  fill(area: Area, colour: string): void
  line(x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void
  /** @param y of the letters' base line */
  text(text: string, x: number, y: number, look: TextLook): void
  marker(x: number, y: number, look: MarkerLook): void
  /** For what is drawn the same way on the screen. */
  readonly drawing: Drawing
  /** What follows up to `end` belongs together. @param clip nothing outside of it is seen */
  begin(name: string, clip?: Area): void
  end(): void
}
