import { areaOf } from './draw-axes.ts'
import type { Bounds } from './scene.ts'
import {
  type Area,
  fitView,
  follow,
  limitZoom,
  panBy,
  recentre,
  type View,
  visibleBounds,
  zoomAt,
} from './view-transform.ts'

/**
 * Which part of the data is in sight. It follows the points by itself until a person zooms or pans, and again once
 * everything is fitted.
 */
export class Camera {
  /** How often it came to another view by itself. */
  moves = 0
  #area: Area = areaOf(0, 0)
  #bounds: Bounds | null = null
  #strip = false
  #fitted: View | null = null
  #view: View | null = null
  #following = true
  /** What was gone back to, until a person moves on: the area may still get its size. */
  #restored: Bounds | null = null

  get area(): Area {
    return this.#area
  }

  /** Null while there is nothing to see. */
  get view(): View | null {
    return this.#view
  }

  /** Times the fitted scale. */
  get zoomed(): number {
    return this.#view === null || this.#fitted === null ? 1 : this.#view.scaleX / this.#fitted.scaleX
  }

  /** @param bounds null where there is nothing to see @param strip its rows stay: only the horizontal axis moves */
  aimAt(bounds: Bounds | null, strip: boolean): void {
    if (strip !== this.#strip || bounds === null) this.#forget()
    this.#strip = strip
    this.#bounds = bounds
    this.#refit()
  }

  /** Shows one part of the data. */
  lookAt(bounds: Bounds): void {
    if (this.#fitted === null) return
    const close = fitView(bounds, this.#area, !this.#strip)
    this.#restored = null
    this.#following = false
    this.#view = this.#strip
      ? { ...close, scaleY: this.#fitted.scaleY, originY: this.#fitted.originY }
      : close
  }

  /** What a person has zoomed or panned to; null while it follows the points by itself. */
  get chosen(): Bounds | null {
    if (this.#following || this.#view === null) return null
    return this.#restored ?? visibleBounds(this.#view, this.#area)
  }

  /** Goes back to what was chosen once, in an area of whatever size now; null follows the points again. */
  choose(chosen: Bounds | null): void {
    if (chosen === null || this.#fitted === null) {
      this.reset()
      return
    }
    this.#following = false
    this.#restored = chosen
    this.#view = this.#viewOf(chosen, this.#fitted)
  }

  /** Other axes or other images: what a person had zoomed to means nothing any more. */
  reset(): void {
    this.#forget()
    this.#refit()
  }

  /** @param width CSS px */
  resize(width: number, height: number): void {
    const before = this.#area
    this.#area = areaOf(width, height)
    if (this.#following) this.#view = null
    else if (this.#view !== null) this.#view = recentre(this.#view, before, this.#area)
    this.#refit()
    if (this.#restored !== null && this.#fitted !== null)
      this.#view = this.#viewOf(this.#restored, this.#fitted)
  }

  /** @param px where, CSS px from the canvas's corner; left out, the middle */
  zoom(factor: number, px?: number, py?: number): void {
    if (this.#view === null || this.#fitted === null) return
    const { left, top, width, height } = this.#area
    const held = limitZoom(this.#view, this.#fitted, factor)
    this.#restored = null
    this.#following = false
    this.#view = zoomAt(this.#view, px ?? left + width / 2, py ?? top + height / 2, held, !this.#strip)
  }

  /** @param dx CSS px */
  pan(dx: number, dy: number): void {
    if (this.#view === null) return
    this.#restored = null
    this.#following = false
    this.#view = panBy(this.#view, dx, this.#strip ? 0 : dy)
  }

  #viewOf(chosen: Bounds, { scaleY, originY }: View): View {
    const view = fitView(chosen, this.#area, !this.#strip, 0)
    return this.#strip ? { ...view, scaleY, originY } : view
  }

  #forget(): void {
    this.#restored = null
    this.#following = true
    this.#view = null
  }

  #refit(): void {
    if (this.#bounds === null) {
      this.#fitted = null
      this.#view = null
      return
    }
    const uniform = !this.#strip
    this.#fitted = fitView(this.#bounds, this.#area, uniform)
    if (!this.#following && this.#view !== null) return
    const view = this.#view === null ? this.#fitted : follow(this.#view, this.#bounds, this.#area, uniform)
    if (view !== this.#view) this.moves++
    this.#view = view
  }
}
