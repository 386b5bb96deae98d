import { describe, expect, test } from 'vitest'
import { keptColours, keptPalette } from '../../../../src/renderer/side-by-side/kept-colours.ts'
import { marksOf, meanOf, neighbourhoodOf } from '../../../../src/renderer/side-by-side/neighbourhood.ts'

const kept = {
  count: 3,
  first: Int32Array.of(1, 2, 3, 0, 2, 3),
  second: Int32Array.of(3, 4, 1, 5, 6, 7),
  shares: Float32Array.of(2 / 3, 0),
}

describe('neighbourhoodOf', () => {
  test('parts the neighbours into those that stay, go and come, nearest first', () => {
    expect(neighbourhoodOf(kept, 0)).toEqual({ kept: [1, 3], lost: [2], gained: [4] })
    expect(neighbourhoodOf(kept, 1)).toEqual({ kept: [], lost: [0, 2, 3], gained: [5, 6, 7] })
  })

  test('each side marks its own, and signs those that the other lacks', () => {
    const texts = (side: 'left' | 'right') =>
      marksOf(0, neighbourhoodOf(kept, 0), side).map(({ place, text, asked }) => [
        place.kind === 'point' ? place.index : -1,
        text,
        asked,
      ])
    expect(texts('left')).toEqual([
      [0, '', true],
      [1, '', false],
      [3, '', false],
      [2, '−', false],
    ])
    expect(texts('right')).toEqual([
      [0, '', true],
      [1, '', false],
      [3, '', false],
      [4, '+', false],
    ])
  })

  test('the mean is of all points', () => {
    expect(meanOf(kept.shares)).toBeCloseTo(1 / 3, 6)
    expect(meanOf(new Float32Array(0))).toBe(0)
  })
})

test('colours go from one end of the palette to the other', () => {
  const { of, palette } = keptColours(Float32Array.of(0, 1, 0.5))
  expect([of[0], of[1]]).toEqual([0, palette.length - 1])
  expect(palette).toBe(keptPalette)
  expect(new Set(palette).size).toBe(palette.length)
  for (const colour of palette) expect(colour).toMatch(/^#[0-9a-f]{6}$/)
})
