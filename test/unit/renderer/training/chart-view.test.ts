import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pan, wholeView, zoom } from '../../../../src/renderer/training/chart-view.ts'

const whole = { from: 1, to: 3000 }

describe('the whole view', () => {
  test('holds every loss, and moves its end only in round steps up to the last iteration', () => {
    const ends = Array.from({ length: 3000 }, (_, i) => wholeView(i + 1, 3000).to)
    expect(ends.every((end, i) => end >= i + 1)).toBe(true)
    expect([...new Set(ends)]).toEqual([10, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 3000])
  })

  test('ends with a training that is shorter than a round number, and holds one that ran on', () => {
    expect(wholeView(700, 750).to).toBe(750)
    expect(wholeView(900, 750).to).toBe(900)
  })
})

describe('zoom and pan', () => {
  test('stay inside the whole, whatever is asked', () => {
    const view = fc.record({
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
      centre: fc.integer({ min: 1, max: 3000 }),
      by: fc.integer({ min: -9000, max: 9000 }),
    })
    fc.assert(
      fc.property(fc.array(view, { maxLength: 20 }), steps => {
        let now = whole
        for (const { factor, centre, by } of steps) {
          now = pan(zoom(now, whole, factor, centre), whole, by)
          expect(now.from).toBeGreaterThanOrEqual(1)
          expect(now.to).toBeLessThanOrEqual(3000 + 1e-9)
          expect(now.to - now.from).toBeGreaterThanOrEqual(8 - 1e-9)
        }
      }),
    )
  })

  test('a zoom keeps the iteration under the pointer where it is', () => {
    const { from, to } = zoom(whole, whole, 4, 750.75)
    expect((750.75 - from) / (to - from)).toBeCloseTo((750.75 - 1) / 2999, 10)
    expect(to - from).toBeCloseTo(2999 / 4, 10)
  })

  test('a pan moves and stops at the ends with the same span', () => {
    expect(pan({ from: 100, to: 200 }, whole, 50)).toEqual({ from: 150, to: 250 })
    expect(pan({ from: 100, to: 200 }, whole, -500)).toEqual({ from: 1, to: 101 })
    expect(pan({ from: 100, to: 200 }, whole, 5000)).toEqual({ from: 2900, to: 3000 })
  })
})
