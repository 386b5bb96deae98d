import { describe, expect, it } from 'vitest'
import { gridOf, widen } from '../../../../../src/renderer/explorer/contours/contour-grid.ts'
import { blur, contoursOf } from '../../../../../src/renderer/explorer/contours/contouring.ts'
import { everyone, manyPoints, sceneOf } from '../scenes.ts'

const [columns, rows] = [40, 30]

/** Area of a ring (shoelace). */
function area(points: Float32Array): number {
  let sum = 0
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length
    sum += points[i]! * points[j + 1]! - points[j]! * points[i + 1]!
  }
  return Math.abs(sum / 2)
}

describe('the grid of a density', () => {
  it('counts the shown points of every class where they lie, and leaves classes without any out', () => {
    const scene = sceneOf([
      [0.5, 0.5, 2],
      [0.5, 0.5, 2],
      [2.5, 1.5, 0],
      [9, 9, 0],
      [1.5, 0.5, 1],
      [Number.NaN, 0, 0],
    ])
    const box = { minX: 0, maxX: 3, minY: 0, maxY: 2 }
    const grid = gridOf(scene, box, [3, 2], 4, index => index !== 4)
    expect(grid.labels).toEqual([0, 2])
    expect([...grid.counts]).toEqual([0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0])
  })

  it('counts all in one where they are not told apart, each of them once', () => {
    const scene = manyPoints(1000)
    const grid = gridOf(scene, widen({ minX: 0, maxX: 1, minY: 0, maxY: 1 }), [8, 8], null, everyone)
    expect(grid.counts.reduce((sum, value) => sum + value, 0)).toBe(1000)
    expect(grid.labels).toBeNull()
  })
})

describe('contours', () => {
  it('spread a point with a bell: all of it remains, most of it where it was', () => {
    const cells = new Float32Array(columns * rows)
    cells[15 * columns + 20] = 1
    const spread = blur(cells, columns, rows)
    expect(spread.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
    const peak = spread[15 * columns + 20]!
    // The middle of a Gaussian of two cells' width in the plane.
    expect(peak).toBeCloseTo(1 / (2 * Math.PI * 4), 3)
    expect(spread[15 * columns + 22]! / peak).toBeCloseTo(Math.exp(-0.5), 2)
  })

  it('are circles around one point, at the radii where its bell falls to each level', () => {
    const counts = new Float32Array(columns * rows)
    counts[15 * columns + 20] = 5
    const { points, starts, groups } = contoursOf({ id: 3, columns, rows, counts })
    expect([...groups]).toEqual([0, 0, 0, 0])
    const levels = [0.08, 0.25, 0.5, 0.75]
    levels.forEach((level, line) => {
      const ring = points.subarray(2 * starts[line]!, 2 * starts[line + 1]!)
      const radius = 2 * Math.sqrt(-2 * Math.log(level))
      // Straight between the cells' edges: a tenth is lost of the smallest.
      expect(Math.abs(Math.sqrt(area(ring) / Math.PI) / radius - 1)).toBeLessThan(0.1)
      for (let i = 0; i < ring.length; i += 2) {
        expect(Math.abs(Math.hypot(ring[i]! - 20.5, ring[i + 1]! - 15.5) - radius)).toBeLessThan(0.25)
      }
    })
  })

  it('are traced for every group apart, and none for one without points', () => {
    const counts = new Float32Array(3 * columns * rows)
    counts[10 * columns + 10] = 1
    counts[(2 * rows + 20) * columns + 30] = 1
    const { groups } = contoursOf({ id: 0, columns, rows, counts })
    expect([...new Set(groups)]).toEqual([0, 2])
  })
})
