import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeLabels } from '../../../../../src/renderer/explorer/labels/place-labels.ts'

const wish = (x: number, y: number) => ({ x, y, width: 30, height: 16 })

describe('names', () => {
  it('stand where they want to where there is room', () => {
    expect(placeLabels([wish(0, 0), null, wish(100, 0)])).toEqual([{ x: 0, y: 0 }, null, { x: 100, y: 0 }])
  })

  it('make way for earlier ones, and are left out where there is no room beside them either', () => {
    const placed = placeLabels(Array.from({ length: 20 }, () => wish(50, 50)))
    expect(placed[0]).toEqual({ x: 50, y: 50 })
    expect(placed[1]).toEqual({ x: 50, y: 34 })
    expect(placed.at(-1)).toBeNull()
  })

  it('never leave the room that they are given', () => {
    const room = { left: 0, top: 0, width: 100, height: 100 }
    const placed = placeLabels(
      Array.from({ length: 20 }, () => wish(85, 50)),
      room,
    ).filter(one => one !== null)
    expect(placed).toHaveLength(3)
    for (const { x } of placed) expect(x + 15).toBeLessThanOrEqual(100)
  })

  it('never lie over one another', () => {
    const spot = fc.record({
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 200 }),
      width: fc.integer({ min: 5, max: 80 }),
      height: fc.constant(16),
    })
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 40 }), wishes => {
        const placed = placeLabels(wishes)
        placed.forEach((a, i) => {
          for (let j = 0; j < i; j++) {
            const b = placed[j]
            if (a === null || b == null) continue
            const apart =
              Math.abs(a.x - b.x) >= (wishes[i]!.width + wishes[j]!.width) / 2 || Math.abs(a.y - b.y) >= 16
            expect(apart).toBe(true)
          }
        })
      }),
    )
  })
})
