import type { Bounds } from './scene.ts'

/** Where the data lie on the canvas: px = originX + scaleX * x, py = originY - scaleY * y (upwards is more). */
export interface View {
  readonly scaleX: number
  readonly scaleY: number
  readonly originX: number
  readonly originY: number
}

/** The rectangle of the canvas that points are drawn in, CSS px. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Space kept free around the points, as a share of the area, so that none lies on the frame. */
const padding = 0.06

/** A single point, or many at one place, still get a span to be drawn in. */
const leastSpan = 1e-6

export const toX = (view: View, x: number): number => view.originX + view.scaleX * x
export const toY = (view: View, y: number): number => view.originY - view.scaleY * y
export const fromX = (view: View, px: number): number => (px - view.originX) / view.scaleX
export const fromY = (view: View, py: number): number => (view.originY - py) / view.scaleY

export function visibleBounds(view: View, area: Area): Bounds {
  return {
    minX: fromX(view, area.left),
    maxX: fromX(view, area.left + area.width),
    minY: fromY(view, area.top + area.height),
    maxY: fromY(view, area.top),
  }
}

/**
 * @param uniform both axes at one scale, so that distances look as they are; a strip's axes have nothing in common
 * @param room left free on every side, as a share of the area
 */
export function fitView(bounds: Bounds, area: Area, uniform: boolean, room = padding): View {
  const spanX = Math.max(bounds.maxX - bounds.minX, leastSpan)
  const spanY = Math.max(bounds.maxY - bounds.minY, leastSpan)
  const byWidth = (area.width * (1 - 2 * room)) / spanX
  const byHeight = (area.height * (1 - 2 * room)) / spanY
  const scaleX = uniform ? Math.min(byWidth, byHeight) : byWidth
  const scaleY = uniform ? scaleX : byHeight
  return {
    scaleX,
    scaleY,
    originX: area.left + area.width / 2 - (scaleX * (bounds.minX + bounds.maxX)) / 2,
    originY: area.top + area.height / 2 + (scaleY * (bounds.minY + bounds.maxY)) / 2,
  }
}

/**
 * Follows moving points calmly: the view stays while they are inside it and fill most of it. Fitting every frame anew
 * would make the axes tremble.
 */
export function follow(view: View, bounds: Bounds, area: Area, uniform: boolean): View {
  const seen = visibleBounds(view, area)
  const inside =
    bounds.minX >= seen.minX &&
    bounds.maxX <= seen.maxX &&
    bounds.minY >= seen.minY &&
    bounds.maxY <= seen.maxY
  const fitted = fitView(bounds, area, uniform)
  const filled = Math.min(view.scaleX / fitted.scaleX, view.scaleY / fitted.scaleY)
  return inside && filled > 0.75 ? view : fitted
}

/** The data under (px, py) stay there. @param vertical false leaves the vertical axis alone: a strip's rows */
export function zoomAt(view: View, px: number, py: number, factor: number, vertical = true): View {
  const factorY = vertical ? factor : 1
  return {
    scaleX: view.scaleX * factor,
    scaleY: view.scaleY * factorY,
    originX: px - factor * (px - view.originX),
    originY: py - factorY * (py - view.originY),
  }
}

export const panBy = (view: View, dx: number, dy: number): View => ({
  ...view,
  originX: view.originX + dx,
  originY: view.originY + dy,
})

/** How far one may zoom out and in, as multiples of the fitted scale; beyond, there is nothing more to see. */
const zoomLimits = { out: 0.25, in: 10_000 } as const

/** @returns the factor, held back so that the scale stays within the limits */
export function limitZoom(view: View, fitted: View, factor: number): number {
  const now = view.scaleX / fitted.scaleX
  const least = Math.min(now, zoomLimits.out)
  const most = Math.max(now, zoomLimits.in)
  return Math.min(most, Math.max(least, now * factor)) / now
}

/** After a pane was resized: what was in the middle stays there, at the same scale. */
export const recentre = (view: View, before: Area, after: Area): View =>
  panBy(
    view,
    after.left + after.width / 2 - (before.left + before.width / 2),
    after.top + after.height / 2 - (before.top + before.height / 2),
  )
