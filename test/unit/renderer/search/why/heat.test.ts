import { describe, expect, it } from 'vitest'
import {
  heatOf,
  partText,
  peakOf,
  ramp,
  strongest,
  whyText,
} from '../../../../../src/renderer/search/why/heat.ts'

const map = (...values: number[]) => Float32Array.from(values)

describe('the map of why two are near', () => {
  it('has one colour for what holds together, another for what keeps apart, the stronger the fuller', () => {
    const colours = heatOf(map(2, -1, 0, Number.NaN), 2)
    expect([...colours.subarray(0, 4)]).toEqual([...ramp.together, 215])
    expect([...colours.subarray(4, 8)]).toEqual([...ramp.apart, 108])
    expect(colours[11]).toBe(0)
    expect(colours[15]).toBe(0)
  })

  it('has one scale for both images', () => {
    expect(strongest({ first: map(1, -3), second: map(2, Number.NaN) })).toBe(3)
    expect(heatOf(map(0, 0), 0)).toEqual(new Uint8ClampedArray([...ramp.apart, 0, ...ramp.apart, 0]))
  })

  it('is told apart by the colour-blind: its two colours differ in lightness and in blue', () => {
    const luma = ([red, green, blue]: readonly number[]) => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
    expect(Math.abs(ramp.together[2] - ramp.apart[2])).toBeGreaterThan(200)
    expect(luma(ramp.together)).not.toBeCloseTo(luma(ramp.apart), 0)
  })

  it('is said in words: where the highest place is and what it amounts to', () => {
    expect(peakOf(map(-1, 0, -2), 3)).toBeNull()
    expect(peakOf(map(0, 1, 3, 2), 2)).toEqual({ x: 0, y: 1, value: 3 })
    expect(partText(0, 0, 28, 28)).toBe('top left')
    expect(partText(14, 14, 28, 28)).toBe('middle')
    expect(partText(27, 14, 28, 28)).toBe('right')
    expect(partText(14, 27, 28, 28)).toBe('bottom')
    const explained = { distance: 0.25, first: map(0, 0, 0, 0.5), second: map(-1, 0, 0, 0) }
    expect(whyText(explained, ['the query', 'test image 3'], { width: 2, height: 2 })).toBe(
      'They fall 0.2500 apart. Without what is at the bottom right of the query, they would fall 0.5000 farther apart. ' +
        'Nothing in test image 3 holds them together.',
    )
  })
})
