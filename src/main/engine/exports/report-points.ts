import { markerPath } from '../../../shared/drawing/marker-path.ts'
import { markerRadius, shapeOf, shapes } from '../../../shared/drawing/markers.ts'
import { mostHues, paletteOf } from '../../../shared/drawing/palette.ts'
import { planeOf } from '../runs/library/plane.ts'
import type { Run } from '../runs/run-folder.ts'
import { escapeHtml } from './report-html.ts'

const [width, height, edge] = [920, 580, 18]

/** More points than this are a sample, so that the page opens at once and stays small. */
export const mostPoints = 5000

/** Which test images are shown: evenly taken from all of them. */
export function shownImages(count: number): number[] {
  const taken = Math.min(count, mostPoints)
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken))
}

interface Shown {
  readonly run: Run
  /** Of the test images. */
  readonly shown: readonly number[]
  /** Class that each test image is named as. */
  readonly predicted: Uint16Array
}

/** The test images as points, each of its class's colour and shape, and the names of the classes; SVG. */
export function pointPlot({ run, shown, predicted }: Shown): string {
  const { labels, embedding } = run.test
  const { classes } = run.config.data
  const colours = paletteOf(classes.length)
  const { xs, ys } = placed(embedding, shown)
  const radius = markerRadius(shown.length, width * height, 1)
  const symbols = shapes.map(
    (shape, i) => `<path id="m${i}" fill-rule="evenodd" d="${markerPath(shape, radius)}"/>`,
  )
  const points = shown.map((index, i) => {
    const label = labels[index] as number
    const wrong = predicted[index] === label ? '' : ' class="wrong"'
    return `<use href="#m${label % shapes.length}" x="${xs[i]}" y="${ys[i]}" fill="${colours[label]}"${wrong}/>`
  })
  const names =
    classes.length > mostHues
      ? []
      : classes.map((name, label) => {
          const of = xs.filter((_, i) => labels[shown[i] as number] === label)
          const up = ys.filter((_, i) => labels[shown[i] as number] === label)
          if (of.length === 0) return ''
          return `<text x="${middle(of)}" y="${middle(up)}">${escapeHtml(name)}</text>`
        })
  const says = `${shown.length} test images as points`
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${says}"><defs>${symbols.join('')}</defs>${points.join('')}${names.join('')}<circle id="ring" r="${radius + 5}" visibility="hidden"/></svg>`
}

/** Colour, shape and name of every class, where they are few enough to be told apart. */
export function legend(classes: readonly string[]): string {
  if (classes.length > mostHues) return ''
  const colours = paletteOf(classes.length)
  const items = classes.map(
    (name, label) =>
      `<li><svg viewBox="-8 -8 16 16" aria-hidden="true"><path fill="${colours[label]}" fill-rule="evenodd" d="${markerPath(shapeOf(label), 5)}"/></svg>${escapeHtml(name)}</li>`,
  )
  return `<ul class="legend">${items.join('')}</ul>`
}

const middle = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1)

/** Both directions in one scale, since distances say something; the middle of all in the plot's middle. */
function placed(embedding: Run['test']['embedding'], shown: readonly number[]) {
  const plane = planeOf(embedding, shown)
  const [across, up] = [endsOf(plane.xs), endsOf(plane.ys)]
  const scale = Math.min(
    (width - 2 * edge) / (across.to - across.from || 1),
    (height - 2 * edge) / (up.to - up.from || 1),
  )
  const place = (value: number, { from, to }: Ends, length: number): number =>
    Number((length / 2 + scale * (value - (from + to) / 2)).toFixed(1))
  return {
    xs: Array.from(plane.xs, value => place(value, across, width)),
    ys: Array.from(plane.ys, value => Number((height - place(value, up, height)).toFixed(1))),
  }
}

interface Ends {
  readonly from: number
  readonly to: number
}

const endsOf = (values: Float64Array): Ends => ({
  from: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  to: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
})
