import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PointIndex, whenQuiet } from '../../../../src/renderer/explorer/point-index.ts'
import { everyone, manyPoints, sceneOf } from './scenes.ts'

const view = { scaleX: 500, scaleY: 500, originX: 0, originY: 500 }
/** Builds at once. */
const atOnce = (job: () => void) => {
  job()
  return () => {}
}
const never = () => () => {}

describe('point index', () => {
  it('finds the same point with the index as without', () => {
    const scene = manyPoints(3000)
    const built = new PointIndex(atOnce)
    const unbuilt = new PointIndex(never)
    built.renew(scene)
    unbuilt.renew(scene)
    const shown = (index: number) => scene.labels[index] !== 4
    const pixel = fc.integer({ min: -20, max: 520 })
    fc.assert(
      fc.property(pixel, pixel, (x, y) => {
        const found = built.pick(scene, view, x, y, 14, shown)
        expect(found).toBe(unbuilt.pick(scene, view, x, y, 14, shown))
        if (found >= 0) expect(scene.labels[found]).not.toBe(4)
      }),
    )
    expect(built.builds).toBe(1)
    expect(unbuilt.builds).toBe(0)
  })

  it('finds nothing farther away than the reach', () => {
    const scene = sceneOf([[0.5, 0.5, 0]])
    const index = new PointIndex(atOnce)
    index.renew(scene)
    expect(index.pick(scene, view, 250 + 14, 250, 14, everyone)).toBe(0)
    expect(index.pick(scene, view, 250 + 14.1, 250, 14, everyone)).toBe(-1)
  })

  it('finds the point on top where several lie at one place', () => {
    const scene = sceneOf([
      [0.5, 0.5, 0],
      [0.5, 0.5, 1],
    ])
    expect(new PointIndex(never).pick(scene, view, 250, 250, 14, everyone)).toBe(1)
  })

  it('never finds a point that is not a number', () => {
    const scene = sceneOf([
      [Number.NaN, Number.NaN, 0],
      [0.5, Number.NaN, 0],
    ])
    for (const idle of [atOnce, never]) {
      const index = new PointIndex(idle)
      index.renew(scene)
      expect(index.pick(scene, view, 250, 250, Number.POSITIVE_INFINITY, everyone)).toBe(-1)
    }
  })
})

describe('point index over time', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('is built for points that stay, and never while frames stream', () => {
    const index = new PointIndex(whenQuiet)
    for (let frame = 0; frame < 20; frame++) {
      index.renew(manyPoints(100))
      vi.advanceTimersByTime(500)
    }
    expect(index.builds).toBe(0)
    vi.advanceTimersByTime(5000)
    expect(index.builds).toBe(1)
  })

  it('is not built any more once it is disposed of', () => {
    const index = new PointIndex(whenQuiet)
    index.renew(manyPoints(100))
    index.dispose()
    vi.advanceTimersByTime(5000)
    expect(index.builds).toBe(0)
  })
})
