import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitView,
  follow,
  fromX,
  fromY,
  limitZoom,
  panBy,
  recentre,
  toX,
  toY,
  type View,
  visibleBounds,
  zoomAt,
} from '../../../../src/renderer/explorer/view-transform.ts'

const area = { left: 50, top: 10, width: 400, height: 300 }
const bounds = { minX: -1, maxX: 3, minY: 0, maxY: 2 }
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const views = fc.record({
  scaleX: number(0.01, 1e4),
  scaleY: number(0.01, 1e4),
  originX: number(-1e3, 1e3),
  originY: number(-1e3, 1e3),
})

describe('view transform', () => {
  it('finds the data under a pixel again', () => {
    fc.assert(
      fc.property(views, number(-100, 100), number(-100, 100), (view, x, y) => {
        expect(fromX(view, toX(view, x))).toBeCloseTo(x, 6)
        expect(fromY(view, toY(view, y))).toBeCloseTo(y, 6)
      }),
    )
  })

  it('draws more upwards', () => {
    const view = fitView(bounds, area, true)
    expect(toY(view, 2)).toBeLessThan(toY(view, 0))
  })

  it('fits everything inside the area, at one scale for both axes', () => {
    const view = fitView(bounds, area, true)
    const seen = visibleBounds(view, area)
    expect(view.scaleX).toBe(view.scaleY)
    expect(seen.minX).toBeLessThan(bounds.minX)
    expect(seen.maxX).toBeGreaterThan(bounds.maxX)
    expect(seen.minY).toBeLessThan(bounds.minY)
    expect(seen.maxY).toBeGreaterThan(bounds.maxY)
  })

  it('fits a strip in both directions', () => {
    const view = fitView({ minX: 0, maxX: 0.001, minY: -9, maxY: 0 }, area, false)
    expect(toX(view, 0.001) - toX(view, 0)).toBeCloseTo(area.width * 0.88)
    expect(toY(view, -9) - toY(view, 0)).toBeCloseTo(area.height * 0.88)
  })

  it('gives a single point a finite scale and puts it in the middle', () => {
    const view = fitView({ minX: 5, maxX: 5, minY: 5, maxY: 5 }, area, true)
    expect(toX(view, 5)).toBeCloseTo(area.left + area.width / 2)
    expect(toY(view, 5)).toBeCloseTo(area.top + area.height / 2)
    expect(Number.isFinite(view.scaleX)).toBe(true)
  })

  it('keeps what is under the pointer there while zooming', () => {
    fc.assert(
      fc.property(views, number(0, 500), number(0, 400), number(0.1, 10), (view, px, py, factor) => {
        const [x, y] = [fromX(view, px), fromY(view, py)]
        const zoomed = zoomAt(view, px, py, factor)
        expect(toX(zoomed, x)).toBeCloseTo(px, 4)
        expect(toY(zoomed, y)).toBeCloseTo(py, 4)
      }),
    )
  })

  it("leaves a strip's rows alone while zooming", () => {
    const view = fitView(bounds, area, false)
    expect(zoomAt(view, 100, 100, 3, false)).toMatchObject({ scaleY: view.scaleY, originY: view.originY })
  })

  it('stays while the points are inside and fill most of the view', () => {
    const view = fitView(bounds, area, true)
    expect(follow(view, { ...bounds, maxX: 2.9 }, area, true)).toBe(view)
  })

  it('follows points that leave the view or shrink to little of it', () => {
    const view = fitView(bounds, area, true)
    const grown = { ...bounds, maxX: 30 }
    const shrunk = { minX: 0, maxX: 1, minY: 0, maxY: 0.5 }
    expect(follow(view, grown, area, true)).toEqual(fitView(grown, area, true))
    expect(follow(view, shrunk, area, true)).toEqual(fitView(shrunk, area, true))
  })

  it('holds zooming back at its limits, and never against the way back', () => {
    const fitted = fitView(bounds, area, true)
    const at = (zoom: number): View => ({ ...fitted, scaleX: fitted.scaleX * zoom })
    expect(limitZoom(at(1), fitted, 2)).toBe(2)
    expect(limitZoom(at(10_000), fitted, 2)).toBeCloseTo(1)
    expect(limitZoom(at(0.25), fitted, 0.5)).toBeCloseTo(1)
    expect(limitZoom(at(0.01), fitted, 2)).toBeCloseTo(2)
  })

  it('keeps the middle in the middle when the pane changes its size', () => {
    const view = panBy(fitView(bounds, area, true), 13, -7)
    const after = { ...area, width: 640, height: 200 }
    const middle = fromX(view, area.left + area.width / 2)
    expect(toX(recentre(view, area, after), middle)).toBeCloseTo(after.left + after.width / 2)
  })
})
