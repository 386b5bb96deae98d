import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shapeOf, shapes } from '../../../../src/shared/drawing/markers.ts'
import { contrast, mostHues, paletteOf } from '../../../../src/shared/drawing/palette.ts'

/** The backgrounds that points and legend really lie on, light and dark. */
const tokens = readFileSync(new URL('../../../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')
const backgrounds = Array.from(
  tokens.matchAll(/--(?:panel|app|hover): (#[0-9a-f]{6});/g),
  match => match[1] as string,
)

type Matrix = readonly (readonly [number, number, number])[]

/** What people see who lack one kind of cones, from linear RGB (Machado et al. 2009, severity 1.0). */
const protanopia: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
]
const deuteranopia: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
]

const times = (matrix: Matrix, [r, g, b]: readonly number[]): number[] =>
  matrix.map(row => row[0] * r! + row[1] * g! + row[2] * b!)

/** OKLab of what is seen (Ottosson 2020): equal distances look about equal; 0.02 is just seen side by side. */
function seen(hex: string, matrix: Matrix | null): number[] {
  const linear = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const rgb = (matrix === null ? linear : times(matrix, linear)).map(value => Math.min(1, Math.max(0, value)))
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt)
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  )
}

function leastDistance(palette: readonly string[], matrix: Matrix | null): number {
  const spots = palette.map(colour => seen(colour, matrix))
  const distances = spots.flatMap((a, i) =>
    spots.slice(0, i).map(b => Math.hypot(...a.map((value, k) => value - b[k]!))),
  )
  return Math.min(...distances)
}

describe('palette', () => {
  it('reads light and dark backgrounds from the style sheet', () => {
    expect(backgrounds).toContain('#ffffff')
    expect(backgrounds.length).toBeGreaterThanOrEqual(4)
  })

  it.each([1, 2, 3, 10, 11, 26, 62])(
    'gives %i classes colours with 3:1 against the panel, light and dark',
    count => {
      const panels = Array.from(tokens.matchAll(/--panel: (#[0-9a-f]{6});/g), match => match[1] as string)
      expect(panels).toHaveLength(2)
      for (const colour of paletteOf(count)) {
        expect(colour).toMatch(/^#[0-9a-f]{6}$/)
        for (const panel of panels) expect(contrast(colour, panel)).toBeGreaterThanOrEqual(3)
      }
    },
  )

  it.each([10, 26, 62, 100])(
    'gives each of %i classes a colour, or a colour and a shape, of its own',
    count => {
      const looks = paletteOf(count).map((colour, label) =>
        count > mostHues ? `${colour} ${shapeOf(label)}` : colour,
      )
      expect(new Set(looks).size).toBe(count)
    },
  )

  it('keeps a class apart from its neighbours in hue by lightness too', () => {
    const palette = paletteOf(11)
    palette.forEach((colour, i) => {
      expect(contrast(colour, palette[(i + 1) % palette.length] as string)).toBeGreaterThan(1.15)
    })
  })

  it.each([
    ['all cones', null, 0.13],
    ['no red cones', protanopia, 0.08],
    ['no green cones', deuteranopia, 0.08],
  ])('keeps any two of ten classes apart for people with %s', (_, matrix, least) => {
    expect(leastDistance(paletteOf(10), matrix)).toBeGreaterThan(least)
  })

  it.each([
    ['all cones', null, 0.13],
    ['no red cones', protanopia, 0.08],
    ['no green cones', deuteranopia, 0.08],
  ])('keeps any two of a hundred classes of one shape apart for people with %s', (_, matrix, least) => {
    const palette = paletteOf(100)
    for (let shape = 0; shape < shapes.length; shape++) {
      const same = palette.filter((_colour, label) => shapeOf(label) === shapes[shape])
      expect(same).toHaveLength(10)
      expect(leastDistance(same, matrix)).toBeGreaterThan(least)
    }
  })

  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})
