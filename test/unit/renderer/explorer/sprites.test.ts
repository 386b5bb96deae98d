import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stamp } from '../../../../src/renderer/explorer/blend.ts'
import { coverageOf } from '../../../../src/renderer/explorer/marker-raster.ts'
import { Sprites } from '../../../../src/renderer/explorer/sprites.ts'
import { shapes } from '../../../../src/shared/drawing/markers.ts'

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

describe('coverage of a marker', () => {
  it('of a disc is its area', () => {
    for (const radius of [2, 3.5, 7]) {
      expect(Math.abs(sum(coverageOf('circle', radius, 24)) / (Math.PI * radius ** 2) - 1)).toBeLessThan(0.05)
    }
  })

  it.each(shapes)('of a %s is about that of the others, so that no class looks heavier', shape => {
    const share = sum(coverageOf(shape, 6, 30)) / sum(coverageOf('circle', 6, 30))
    expect(share).toBeGreaterThan(0.75)
    expect(share).toBeLessThan(1.35)
  })

  it('leaves the hole of a ring open', () => {
    const edge = 24
    const coverage = coverageOf('ring', 8, edge)
    expect(coverage[(edge / 2) * edge + edge / 2]).toBe(0)
    expect(coverage[(edge / 2) * edge + edge / 2 + 6]).toBe(1)
  })
})

describe('sprites', () => {
  const look = { radius: 4, rim: 1, surface: '#ffffff', opacity: 1 }

  it('have the colour of their class inside and of the background around', () => {
    const disc = new Sprites(look).of('circle', '#ff0000')
    const colourAt = (x: number, y: number) =>
      disc.colours[disc.dx.findIndex((dx, k) => dx === x && disc.dy[k] === y)]
    expect(colourAt(0, 0)).toBe(0xff0000ff)
    const edge = colourAt(-5, 0) ?? 0
    expect((edge >> 8) & 255).toBeGreaterThan(200)
  })

  it('are as translucent as their look', () => {
    const { dx, dy, colours } = new Sprites({ ...look, rim: 0, opacity: 0.5 }).of('circle', '#ff0000')
    expect(colours[dx.findIndex((x, k) => x === 0 && dy[k] === 0)]).toBe(0x800000ff)
  })

  it('refuse a colour that they cannot read, rather than draw nothing', () => {
    expect(() => new Sprites({ ...look, surface: '#fff' }).of('circle', '#ff0000')).toThrow(
      '#rrggbb, not "#fff"',
    )
  })

  it('reach no farther than they say', () => {
    for (const shape of shapes) {
      const { dx, dy, reach } = new Sprites(look).of(shape, '#00ff00')
      expect(Math.max(...dx.map(Math.abs), ...dy.map(Math.abs))).toBeLessThanOrEqual(reach)
    }
  })
})

describe('blending', () => {
  const over = (under: number, colour: number): number => {
    const pixels = Uint32Array.of(under)
    stamp(pixels, 0, Int32Array.of(0), Uint32Array.of(colour))
    return pixels[0] as number
  }

  it('covers with what is opaque and takes it as it is where nothing was', () => {
    expect(over(0xff010203, 0xff0a0b0c)).toBe(0xff0a0b0c)
    expect(over(0x00010203, 0x7f0a0b0c)).toBe(0x7f0a0b0c)
  })

  it('mixes by opacity over what is opaque', () => {
    expect(over(0xff000000, 0x80ffffff)).toBe(0xff808080)
  })

  it('is what premultiplied blending gives, to a step', () => {
    const colour = fc.nat(0xffffffff)
    fc.assert(
      fc.property(colour, colour, (under, above) => {
        const result = over(under, above)
        const part = (value: number, shift: number) => (value >>> shift) & 255
        const [a, b] = [part(above, 24) / 255, part(under, 24) / 255]
        const whole = a + b * (1 - a)
        expect(Math.abs(part(result, 24) - whole * 255)).toBeLessThanOrEqual(1)
        for (const shift of [0, 8, 16]) {
          const premultiplied = part(above, shift) * a + part(under, shift) * b * (1 - a)
          const tolerance = whole === 0 ? 256 : 1.01
          expect(
            Math.abs(part(result, shift) - (whole === 0 ? 0 : premultiplied / whole)),
          ).toBeLessThanOrEqual(tolerance)
        }
      }),
    )
  })
})
