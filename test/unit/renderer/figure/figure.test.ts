import { describe, expect, it } from 'vitest'
import { PointSet } from '../../../../src/renderer/explorer/point-set.ts'
import { toX, toY } from '../../../../src/renderer/explorer/view-transform.ts'
import { cut } from '../../../../src/renderer/figure/figure.ts'
import { paletteOf } from '../../../../src/shared/drawing/palette.ts'
import { coloursIn, contentOf, draw, measure } from './drawn-figure.ts'

describe('a figure as SVG', () => {
  it('has title, axes with ticks and names, and a legend with counts, as text', async () => {
    const { svg, texts } = await draw(contentOf())
    expect(svg).toContain('<title>Digits &amp; &lt;friends&gt;</title>')
    expect(texts('title')).toEqual(['Digits &amp; &lt;friends&gt;'])
    expect(texts('horizontal-axis')).toEqual(expect.arrayContaining(['0', '1', 'Feature 1']))
    expect(texts('vertical-axis')).toEqual(expect.arrayContaining(['0.0', '1.5', 'Feature 2']))
    expect(texts('legend')).toEqual(Array.from({ length: 10 }, (_, i) => [`class ${i}`, '30']).flat())
  })

  it('has one marker for every visible point, at its place and in the colour of its class', async () => {
    const content = contentOf()
    const { layout, markers, fillOf } = await draw(content)
    expect(markers).toHaveLength(300)
    markers.forEach(({ look, x, y }, i) => {
      expect(x).toBeCloseTo(toX(layout.view, content.scene.values[i * 2]!), 1)
      expect(y).toBeCloseTo(toY(layout.view, content.scene.values[i * 2 + 1]!), 1)
      expect(fillOf(look)).toBe(content.palette[i % 10])
    })
  })

  it('shows both axes at one scale', async () => {
    const { layout } = await draw(contentOf())
    expect(layout.view.scaleX).toBe(layout.view.scaleY)
  })

  it('leaves out hidden classes, what is not among "only these", and what is out of sight', async () => {
    const only = PointSet.of(
      300,
      Array.from({ length: 200 }, (_, i) => i),
    )
    const view = { minX: 0, maxX: 2, minY: -2, maxY: 2 }
    const content = contentOf(300, 10, { hidden: new Set([3]), only, view })
    const { layout, markers, texts } = await draw(content)
    const { values } = content.scene
    const { area, view: seen } = layout
    const expected = [...Array(200).keys()].filter(i => {
      const x = toX(seen, values[i * 2]!)
      const y = toY(seen, values[i * 2 + 1]!)
      return (
        i % 10 !== 3 &&
        x >= area.left &&
        x <= area.left + area.width &&
        y >= area.top &&
        y <= area.top + area.height
      )
    })
    expect(markers).toHaveLength(expected.length)
    expect(expected.length).toBeLessThan(180)
    expect(texts('legend')).not.toContain('class 3')
    const counted = texts('legend')
      .filter((_, i) => i % 2 === 1)
      .map(Number)
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(expected.length)
  })

  it('greys what is not selected, and draws it below', async () => {
    const selected = PointSet.of(300, [5, 7, 100])
    const { markers, fillOf, texts } = await draw(contentOf(300, 10, { selected }))
    expect(markers).toHaveLength(300)
    expect(new Set(markers.slice(0, 297).map(({ look }) => fillOf(look)))).toEqual(new Set(['#bdbdbd']))
    expect(markers.slice(297).map(({ look }) => fillOf(look))).toEqual(
      [5, 7, 0].map(label => paletteOf(10)[label]),
    )
    expect(texts('legend').slice(-2)).toEqual(['not selected', '297'])
  })

  it('has the shapes of the classes as vectors where shapes are shown', async () => {
    const { svg } = await draw(contentOf(300, 10, { shapes: true }))
    const paths = [...svg.matchAll(/<path id="m\d+" d="([^"]+)"/g)].map(([, path]) =>
      path!.replaceAll(/[\d.-]+/g, ''),
    )
    expect(paths.length).toBe(20)
    expect(new Set(paths).size).toBeGreaterThan(5)
  })

  it('of one feature is a strip whose rows carry the names of the classes', async () => {
    const scene = { ...contentOf(100, 4).scene, size: 1, vertical: null }
    const { texts, markers } = await draw(contentOf(100, 4, { scene }))
    expect(texts('vertical-axis')).toEqual(['class 0', 'class 1', 'class 2', 'class 3', 'Class'])
    expect(markers).toHaveLength(100)
  })

  it('coloured by a figure has a bar from low to high', async () => {
    const colours = {
      name: 'Distance',
      of: Uint16Array.from({ length: 300 }, (_, i) => i % 64),
      palette: Array.from({ length: 64 }, (_, i) => `#0000${(i * 4).toString(16).padStart(2, '0')}`),
      legend: ['0.1', '0.9'],
      kind: 'figure',
    } as const
    const { texts, group, markers, fillOf } = await draw(contentOf(300, 10, { colours }))
    expect(texts('legend')).toEqual(['Distance', '0.9', '0.1'])
    expect(group('legend').match(/<rect/g)).toHaveLength(64)
    expect(fillOf(markers[63]!.look)).toBe('#0000fc')
  })

  it('leaves out what is not wanted', async () => {
    const { group, svg } = await draw(contentOf(), {
      title: '',
      axes: false,
      legend: false,
      transparent: true,
    })
    for (const name of ['title', 'horizontal-axis', 'vertical-axis', 'legend']) expect(group(name)).toBe('')
    expect(svg.replace(/<defs>.*<\/defs>/s, '')).not.toContain('<rect')
  })

  it('is drawn by another program in the colours of the classes, on white or on nothing', async () => {
    const content = contentOf(300, 4)
    const colours = async (transparent: boolean) => {
      const { svg } = await draw(content, { transparent, legend: false, names: true })
      return coloursIn(svg)
    }
    const opaque = await colours(false)
    for (const colour of content.palette) expect(opaque.get(colour)).toBeGreaterThan(75 * 30)
    expect(opaque.get('alpha 0')).toBe(undefined)
    const clear = await colours(true)
    for (const colour of content.palette) expect(clear.get(colour)).toBeGreaterThan(75 * 30)
    expect(clear.get('alpha 0')).toBeGreaterThan(200_000)
  })
})

describe('a legend of many classes', () => {
  it.each([
    [100, 0],
    [150, 0],
  ])('of %i classes stands in columns, side by side within the figure', async (classes, left) => {
    const { layout, texts, group } = await draw(contentOf(classes * 3, classes))
    const legend = layout.legend!
    expect(legend.left).toBe(left)
    expect(texts('legend')).toHaveLength(classes * 2)
    const xs = [...group('legend').matchAll(/<text x="([\d.]+)"/g)].map(([, x]) => Number(x))
    expect(Math.max(...xs)).toBeLessThanOrEqual(800 - 16)
    const ys = [...group('legend').matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y))
    expect(Math.max(...ys)).toBeLessThanOrEqual(600)
    expect(layout.area.width).toBeGreaterThan(300)
  })

  it('has names at the densest spots, none of which lies over another', async () => {
    const { group } = await draw(contentOf(3000, 100), { names: true })
    const spots = [
      ...group('names').matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*" aria-hidden[^>]*>([^<]*)</g),
    ].map(([, x, y, text]) => ({ x: Number(x), y: Number(y), width: measure(text!, 11) }))
    expect(spots.length).toBeGreaterThan(10)
    spots.forEach((a, i) => {
      for (const b of spots.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= 11).toBe(true)
    })
  })

  it('says how many found no room', async () => {
    const { layout, texts } = await draw(contentOf(2000, 1000))
    const { left, entries } = layout.legend!
    expect(left + entries.length).toBe(1000)
    expect(texts('legend').at(-1)).toBe(`and ${left} more`)
  })
})

it('cuts long names with dots, within their room', () => {
  expect(cut('short', 100, 10, measure)).toBe('short')
  const name = cut('a very long name of a class', 60, 10, measure)
  expect(name).toMatch(/^a very.*…$/)
  expect(measure(name, 10)).toBeLessThanOrEqual(60)
})
