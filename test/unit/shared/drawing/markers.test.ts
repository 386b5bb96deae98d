import { describe, expect, it } from 'vitest'
import { markerPath } from '../../../../src/shared/drawing/marker-path.ts'
import { markerOpacity, markerRadius, shapeOf, shapes } from '../../../../src/shared/drawing/markers.ts'

describe('markers', () => {
  it('have ten shapes that all differ, then begin again', () => {
    expect(new Set(shapes.map(shape => markerPath(shape, 5))).size).toBe(10)
    expect(shapeOf(12)).toBe(shapeOf(2))
  })

  it.each(shapes)('%s is a closed path of numbers that stays near its radius', shape => {
    const path = markerPath(shape, 5)
    expect(path).toMatch(/^M.*Z$/)
    const numbers = Array.from(path.matchAll(/-?\d+\.\d+/g), match => Number(match[0]))
    expect(numbers.length).toBeGreaterThan(4)
    // A whole circle's arc runs over its diameter.
    for (const value of numbers) expect(Math.abs(value)).toBeLessThanOrEqual(12)
  })

  it('are smaller where there are more points or less room, and grow as one zooms in', () => {
    const room = 300_000
    expect(markerRadius(10_000, room, 1)).toBeLessThan(markerRadius(2000, room, 1))
    expect(markerRadius(10_000, room, 1)).toBeLessThan(markerRadius(10_000, 3 * room, 1))
    expect(markerRadius(10_000, room, 50)).toBeGreaterThan(markerRadius(10_000, room, 1))
    expect(markerRadius(1, room, 1e4)).toBe(7)
    expect(markerRadius(1e9, room, 1)).toBe(1)
  })

  it('are solid where they are few, translucent where many lie over one another, and solid again close up', () => {
    const room = 840_000
    const opacity = (count: number, zoom: number) =>
      markerOpacity(count, room, zoom, markerRadius(count, room, zoom))
    expect(opacity(500, 1)).toBe(1)
    expect(opacity(5000, 1)).toBeGreaterThan(0.9)
    expect(opacity(1_000_000, 1)).toBeLessThan(0.6)
    expect(opacity(1_000_000, 1)).toBeGreaterThanOrEqual(0.3)
    expect(opacity(1_000_000, 40)).toBe(1)
  })
})
