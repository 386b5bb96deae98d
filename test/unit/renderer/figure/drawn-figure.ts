import { Resvg } from '@resvg/resvg-js'
import { type ContourGrid, countedIn } from '../../../../src/renderer/explorer/contours/contour-grid.ts'
import type { Contours } from '../../../../src/renderer/explorer/contours/contour-view.ts'
import { contoursOf } from '../../../../src/renderer/explorer/contours/contouring.ts'
import { pointDrawer } from '../../../../src/renderer/figure/draw-figure.ts'
import type { FigureContent, FigureOptions, Measure } from '../../../../src/renderer/figure/figure.ts'
import { type Layout, layOut } from '../../../../src/renderer/figure/layout.ts'
import { SvgPen } from '../../../../src/renderer/figure/svg-pen.ts'
import { contouredOf } from '../../../../src/renderer/figure/trace-lines.ts'
import { writeSvg } from '../../../../src/renderer/figure/write-svg.ts'
import { seededRandom } from '../../../../src/renderer/projection/seeded-random.ts'
import { paletteOf } from '../../../../src/shared/drawing/palette.ts'

export const measure: Measure = (text, size) => text.length * size * 0.55

const options: FigureOptions = {
  title: 'Digits & <friends>',
  width: 800,
  height: 600,
  theme: 'print',
  transparent: false,
  axes: true,
  legend: true,
  names: false,
}

/** Point i is of class i % classes. */
export function contentOf(count = 300, classes = 10, change: Partial<FigureContent> = {}): FigureContent {
  const random = seededRandom(1)
  return {
    scene: {
      values: Float32Array.from({ length: count * 2 }, () => random() * 4 - 2),
      size: 2,
      count,
      labels: Uint16Array.from({ length: count }, (_, i) => i % classes),
      horizontal: 0,
      vertical: 1,
    },
    classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
    palette: paletteOf(classes),
    colours: null,
    hidden: new Set(),
    only: null,
    selected: null,
    shapes: false,
    view: null,
    contours: 'none',
    paths: null,
    marks: [],
    ...change,
  }
}

const tracedNow = ({ counts, ...grid }: ContourGrid): Contours => {
  const { columns, rows } = grid
  return { grid, lines: contoursOf({ id: 0, columns, rows, counts }) }
}

/** The points alone, drawn by another program. */
function pictureOf(content: FigureContent, layout: Layout, all: FigureOptions): Promise<string> {
  const pen = new SvgPen()
  pointDrawer(pen, content, layout, all)(0, layout.points.indices.length)
  const { left, top, width, height } = layout.area
  return pen
    .finish(all.width, all.height, '')
    .text()
    .then(svg => {
      const cropped = svg.replace(
        /width="\d+" height="\d+" viewBox="[^"]+"/,
        `width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"`,
      )
      return `data:image/png;base64,${new Resvg(cropped).render().asPng().toString('base64')}`
    })
}

export async function draw(
  content: FigureContent,
  some: Partial<FigureOptions> = {},
  pictureAbove: number | null = null,
) {
  const all = { ...options, ...some }
  const layout = layOut(content, all, measure) as Layout
  const over = contouredOf(content, layout)
  const contours = over === null ? null : tracedNow(countedIn(over))
  const blob = await writeSvg({
    ...{ content, options: all, layout, measure, contours, pictureAbove },
    picture: async () => pictureOf(content, layout, all),
  })
  const svg = await blob.text()
  const group = (name: string) => new RegExp(`<g id="${name}".*?</g>`, 's').exec(svg)?.[0] ?? ''
  const texts = (name: string) => [...group(name).matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
  const markers = [...group('points').matchAll(/<use xlink:href="#(m\d+)" x="([-\d.]+)" y="([-\d.]+)"/g)].map(
    ([, look, x, y]) => ({ look: look!, x: Number(x), y: Number(y) }),
  )
  const fillOf = (look: string) => new RegExp(`id="${look}"[^>]* fill="(#[0-9a-f]{6})"`).exec(svg)?.[1]
  return { svg, layout, group, texts, markers, fillOf }
}

/** Pixels of every colour, as another program draws them. */
export function coloursIn(svg: string): Map<string, number> {
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const found = new Map<string, number>()
  for (let at = 0; at < pixels.length; at += 4) {
    const [r, g, b, a] = pixels.subarray(at, at + 4)
    const key = a === 255 ? `#${[r, g, b].map(v => v!.toString(16).padStart(2, '0')).join('')}` : `alpha ${a}`
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  return found
}
