import { describe, expect, it } from 'vitest'
import {
  coloursOfCategories,
  coloursOfFigures,
  distancesTo,
  mostCategories,
} from '../../../../../src/renderer/explorer/colouring/colours-of.ts'
import {
  agreeing,
  rampOf,
  rampSteps,
  unknownColour,
} from '../../../../../src/renderer/explorer/colouring/ramp.ts'
import { contrast } from '../../../../../src/shared/drawing/palette.ts'

describe('colours by a figure', () => {
  const ramp = rampOf(false)
  it('go from the least to the greatest in equal steps, and are told at both ends', () => {
    const colours = coloursOfFigures('score', [2, 4, 3, 2.5], ramp)
    expect(Array.from(colours.of)).toEqual([0, 63, 32, 16])
    expect(colours.legend).toEqual(['2', '4'])
    expect(colours.palette).toHaveLength(rampSteps)
  })

  it('leave points without a value a colour of their own', () => {
    const colours = coloursOfFigures('score', [1, Number.NaN, 3, Number.POSITIVE_INFINITY], ramp)
    expect(Array.from(colours.of)).toEqual([0, 64, 63, 64])
    expect(colours.palette[64]).toBe(unknownColour)
    expect(colours.legend).toEqual(['1', '3', 'No value'])
  })

  it('keep to a range that is known, and to the middle where all are equal', () => {
    expect(Array.from(coloursOfFigures('share', [0.5, 1.5, -1], ramp, [0, 1]).of)).toEqual([32, 63, 0])
    expect(Array.from(coloursOfFigures('one', [7, 7], ramp).of)).toEqual([32, 32])
  })
})

describe('colours by category', () => {
  it('name each, the most frequent first, and those without one', () => {
    const colours = coloursOfCategories('who', [1, 1, 0, -1, 2], ['a', 'b', 'c'])
    expect(colours.legend).toEqual(['b', 'a', 'c', 'No value'])
    expect(Array.from(colours.of)).toEqual([0, 0, 1, 3, 2])
    expect(new Set(colours.palette).size).toBe(4)
  })

  it('say how many share a colour where there are too many', () => {
    const names = Array.from({ length: 100 }, (_, i) => `n${i}`)
    const of = [...names.keys(), 70, 70]
    const colours = coloursOfCategories('many', of, names)
    expect(colours.legend[0]).toBe('n70')
    expect(colours.legend.at(-1)).toBe(`${100 - mostCategories} others`)
    expect(colours.of[99]).toBe(mostCategories)
    expect(colours.palette).toHaveLength(mostCategories + 1)
  })
})

/** Of '#rrggbb', by B. Ottosson's own formulas, independent of the palette's. */
function oklab(hex: string): [number, number, number] {
  const [r, g, b] = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

describe('the ramp', () => {
  for (const dark of [false, true]) {
    it(`has steps that look equal and lightness that only goes one way, ${dark ? 'dark' : 'light'}`, () => {
      const labs = rampOf(dark).map(oklab)
      const steps = labs
        .slice(1)
        .map((lab, i) => Math.hypot(...lab.map((v, k) => v - (labs[i]?.[k] as number))))
      const mean = steps.reduce((a, b) => a + b) / steps.length
      for (const step of steps) expect(Math.abs(step / mean - 1)).toBeLessThan(0.6)
      const rises = labs.slice(1).map(([l], i) => Math.sign(l - (labs[i]?.[0] as number)))
      expect(new Set(rises)).toEqual(new Set([dark ? 1 : -1]))
    })

    it(`is seen on its page at either end, ${dark ? 'dark' : 'light'}`, () => {
      const page = dark ? '#1c1f26' : '#ffffff'
      for (const colour of rampOf(dark)) expect(contrast(colour, page)).toBeGreaterThan(1.9)
    })
  }

  it('and the pair of agreement have 3:1 where they are categories', () => {
    for (const colour of agreeing)
      for (const page of ['#1c1f26', '#ffffff']) expect(contrast(colour, page)).toBeGreaterThanOrEqual(3)
  })
})

it('measures distances as Pythagoras does', () => {
  const values = Float32Array.of(0, 0, 3, 4, 1, 1)
  expect(Array.from(distancesTo([0, 0], values, 2))).toEqual([0, 5, Math.SQRT2])
})
