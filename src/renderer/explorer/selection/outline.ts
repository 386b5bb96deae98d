import type { SelectTool } from '../explorer-state.ts'
import { type Area, fromX, fromY, type View } from '../view-transform.ts'

/** CSS px from the canvas's corner. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** Closer together, corners of a lasso cannot be told apart, CSS px. */
const leastStep = 2

/** What has been drawn so far with the lasso or the box, as corners in CSS px. */
export class Outline {
  readonly #tool: SelectTool
  readonly #area: Area
  #corners: Spot[]

  constructor(tool: SelectTool, area: Area, start: Spot) {
    this.#tool = tool
    this.#area = area
    this.#corners = [this.#within(start)]
  }

  get corners(): readonly Spot[] {
    if (this.#tool === 'lasso') return this.#corners
    const [a, b] = [this.#corners[0] as Spot, this.#corners.at(-1) as Spot]
    return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
  }

  /** For an SVG path. */
  get path(): string {
    return `M${this.corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`
  }

  draw(to: Spot): void {
    const spot = this.#within(to)
    const last = this.#corners.at(-1) as Spot
    if (this.#tool === 'box') this.#corners = [this.#corners[0] as Spot, spot]
    else if (Math.hypot(spot.x - last.x, spot.y - last.y) >= leastStep) this.#corners.push(spot)
  }

  /** In the drawn features, [corners, 2]. */
  polygon(view: View): Float64Array {
    return Float64Array.from(this.corners.flatMap(({ x, y }) => [fromX(view, x), fromY(view, y)]))
  }

  /** What lies outside of the axes cannot be seen, so it cannot be meant. */
  #within({ x, y }: Spot): Spot {
    const { left, top, width, height } = this.#area
    return {
      x: Math.min(left + width, Math.max(left, x)),
      y: Math.min(top + height, Math.max(top, y)),
    }
  }
}
