import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast, paletteOf } from '../../../../src/renderer/explorer/palette.ts'

/** The backgrounds that points and legend really lie on, light and dark. */
const tokens = readFileSync(new URL('../../../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')
const backgrounds = Array.from(
  tokens.matchAll(/--(?:panel|app|hover): (#[0-9a-f]{6});/g),
  match => match[1] as string,
)

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

  it.each([10, 26, 62])('gives each of %i classes a colour of its own', count => {
    expect(new Set(paletteOf(count)).size).toBe(count)
  })

  it('keeps a class apart from its neighbours in hue by lightness too', () => {
    const palette = paletteOf(11)
    palette.forEach((colour, i) => {
      expect(contrast(colour, palette[(i + 1) % palette.length] as string)).toBeGreaterThan(1.15)
    })
  })

  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})
