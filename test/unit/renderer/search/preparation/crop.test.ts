import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaBetween, changed, styleOf } from '../../../../../src/renderer/search/preparation/crop.ts'

const size = { width: 240, height: 200 }

describe('the part of a picture that is used', () => {
  it('is what lies between two corners, whichever comes first', () => {
    const area = { left: 60, top: 20, width: 120, height: 160 }
    expect(areaBetween([0.25, 0.1], [0.75, 0.9], size)).toEqual(area)
    expect(areaBetween([0.75, 0.1], [0.25, 0.9], size)).toEqual(area)
    expect(styleOf(area, size)).toEqual({ left: '25%', top: '10%', width: '50%', height: '80%' })
  })

  it('is all of it for a click', () => {
    expect(areaBetween([0.5, 0.5], [0.502, 0.502], size)).toBeNull()
  })

  it('never lies outside of the picture', () => {
    const share = fc.double({ min: -1, max: 2, noNaN: true })
    const name = fc.constantFrom('left', 'top', 'width', 'height')
    fc.assert(
      fc.property(
        share,
        share,
        share,
        share,
        name,
        fc.integer({ min: -500, max: 500 }),
        (a, b, c, d, n, v) => {
          const area = areaBetween([a, b], [c, d], size)
          if (area === null) return
          for (const one of [area, changed(area, n, v, size)]) {
            expect(one.left).toBeGreaterThanOrEqual(0)
            expect(one.top).toBeGreaterThanOrEqual(0)
            expect(Math.min(one.width, one.height)).toBeGreaterThanOrEqual(1)
            expect(one.left + one.width).toBeLessThanOrEqual(size.width)
            expect(one.top + one.height).toBeLessThanOrEqual(size.height)
          }
        },
      ),
    )
  })
})
