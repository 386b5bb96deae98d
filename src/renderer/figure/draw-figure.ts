import { markerOpacity, markerRadius } from '../../shared/drawing/markers.ts'
import type { Contours } from '../explorer/contours/contour-view.ts'
import { nameAmongPoints, nameSizeFor, wishInSight } from '../explorer/labels/class-names.ts'
import { peaksOf } from '../explorer/labels/class-peaks.ts'
import { placeLabels } from '../explorer/labels/place-labels.ts'
import {
  boundsOf,
  farOf,
  featureName,
  opacityAt,
  type Scene,
  sizeAt,
  type Turn,
  xOf,
  yOf,
} from '../explorer/scene.ts'
import { rotationOf } from '../explorer/turn.ts'
import { toX, toY } from '../explorer/view-transform.ts'
import { axisArms, shortName } from '../projection/axis-arms.ts'
import { drawLegend } from './draw-legend.ts'
import { drawFound, drawLines, drawWays } from './draw-over.ts'
import { type FigureContent, type FigureOptions, type FigureTheme, type Measure, themes } from './figure.ts'
import { axisTitleSize, edge, type Layout, tickSize, titleSize } from './layout.ts'
import type { MarkerLook, Pen } from './pen.ts'
import { colourOf, entryOf, shapeAt } from './visible-points.ts'

/** How the letters' middle lies above their base line, of their size. */
const middle = 0.35

/** Everything below the points: background, title, axes. */
export function drawBelow(pen: Pen, layout: Layout, options: FigureOptions): void {
  const theme = themes[options.theme]
  const { width, height, title } = options
  if (!options.transparent) pen.fill({ left: 0, top: 0, width, height }, theme.surface)
  if (title !== '') {
    pen.begin('title')
    pen.text(title, edge, edge + titleSize, { size: titleSize, colour: theme.ink, bold: true })
    pen.end()
  }
  if (options.axes) drawAxes(pen, layout, theme)
}

function drawAxes(pen: Pen, { area, view, horizontal, vertical }: Layout, theme: FigureTheme): void {
  const bottom = area.top + area.height
  const right = area.left + area.width
  const look = { size: tickSize, colour: theme.quiet }
  const titleLook = { size: axisTitleSize, colour: theme.ink, anchor: 'middle' } as const
  pen.begin('horizontal-axis')
  for (const { value, text } of horizontal.ticks) {
    const x = toX(view, value)
    pen.line(x, area.top, x, bottom, theme.line, 1)
    pen.text(text, x, bottom + 6 + tickSize, { ...look, anchor: 'middle' })
  }
  pen.text(horizontal.title, area.left + area.width / 2, bottom + 38, titleLook)
  pen.end()
  pen.begin('vertical-axis')
  for (const { value, text } of vertical.ticks) {
    const y = toY(view, value)
    pen.line(area.left, y, right, y, theme.line, 1)
    pen.text(text, area.left - 8, y + middle * tickSize, { ...look, anchor: 'end' })
  }
  pen.text(vertical.title, edge + axisTitleSize - 2, area.top + area.height / 2, {
    ...titleLook,
    upright: true,
  })
  pen.end()
}

/** Draws some of the points at a time, so that the window stays free. @returns draws those from `first` up to `end` */
export function pointDrawer(
  pen: Pen,
  content: FigureContent,
  { area, view, points }: Layout,
  options: FigureOptions,
): (first: number, end: number) => void {
  const room = area.width * area.height
  const radius = markerRadius(points.indices.length, room, 1)
  const lookOf = looks(content, radius, markerOpacity(points.indices.length, room, 1, radius), options)
  return (first, end) => {
    for (let at = first; at < end; at++) {
      const index = points.indices[at] as number
      const look = lookOf(index, at < points.greys)
      pen.marker(toX(view, xOf(content.scene, index)), toY(view, yOf(content.scene, index)), look)
    }
  }
}

/** Of the points behind what is marked, as on the screen. */
const faintOpacity = 0.5

/** Steps in which turned points grow smaller and fainter. */
const depthLevels = 6

/** One look for all markers that are alike: a pen may keep what it has made of it. */
function looks(content: FigureContent, radius: number, opacity: number, { theme }: FigureOptions) {
  const { grey, surface } = themes[theme]
  const known = new Map<string, MarkerLook>()
  const faint = content.marks.length > 0 ? faintOpacity : 1
  return (index: number, isGrey: boolean): MarkerLook => {
    const shape = shapeAt(content, index)
    const colour = isGrey ? grey : colourOf(content, entryOf(content, index))
    const level = content.scene.turn == null ? null : Math.floor(farOf(content.scene, index) * depthLevels)
    const key = `${colour} ${shape} ${level}`
    let look = known.get(key)
    if (look === undefined) {
      const far = level === null ? null : Math.min(1, level / (depthLevels - 1))
      const size = far === null ? radius : radius * sizeAt(far)
      // Translucent markers have no rim, as on the screen: it would cover what they let through.
      const rim = isGrey || opacity < 1 ? '' : surface
      look = { shape, colour, radius: size, opacity: faint * opacity * opacityAt(far ?? 0), rim }
      known.set(key, look)
    }
    return look
  }
}

/** Everything over and beside the points: lines, the classes' names, the query and what was found, the legend. */
export function drawAbove(
  pen: Pen,
  content: FigureContent,
  layout: Layout,
  options: FigureOptions,
  measure: Measure,
  contours: Contours | null,
): void {
  const theme = themes[options.theme]
  if (contours !== null) drawLines(pen, content, layout, theme, contours)
  if (content.scene.turn != null) drawArms(pen, content.scene, content.scene.turn, layout, theme)
  drawWays(pen, content, layout, theme)
  // As on the screen, where ranks of neighbours could not be told from names that are figures.
  if (options.names && content.marks.length < 2) drawNames(pen, content, layout, theme, measure)
  drawFound(pen, content, layout, theme)
  if (layout.legend !== null) drawLegend(pen, content, layout.legend, layout.area, theme)
}

/** Where the three features point, in the lower left corner. */
function drawArms(pen: Pen, scene: Scene, turn: Turn, { area }: Layout, theme: FigureTheme): void {
  const [x, y] = [area.left + 44, area.top + area.height - 40]
  const features = [scene.horizontal, scene.vertical ?? scene.horizontal, turn.depth]
  const names = features.map(feature => shortName(featureName(scene, feature)))
  pen.begin('directions')
  for (const arm of axisArms(rotationOf(turn), names, 26)) {
    pen.line(x, y, x + arm.x, y + arm.y, theme.ink, 1.5)
    const look = { size: 10, colour: theme.ink, bold: true, anchor: 'middle', rim: theme.surface } as const
    pen.text(arm.name, x + arm.x * 1.3, y + arm.y * 1.3 + middle * 10, look)
  }
  pen.end()
}

/** As on the screen: where each class is densest, none over another. */
function drawNames(
  pen: Pen,
  content: FigureContent,
  { area, view }: Layout,
  theme: FigureTheme,
  measure: Measure,
): void {
  const { scene, classes, hidden } = content
  const bounds = boundsOf(scene, classes.length)
  if (scene.vertical === null || bounds === null) return // a strip's rows carry their names
  const peaks = peaksOf(scene, classes.length, bounds)
  const size = nameSizeFor(classes.length - hidden.size)
  const texts = classes.map(nameAmongPoints)
  const wishes = texts.map((text, i) => {
    if (hidden.has(i)) return null
    const [x, y] = [peaks[i * 2] as number, peaks[i * 2 + 1] as number]
    return wishInSight(area, toX(view, x), toY(view, y), measure(text, size, true) + 6, size)
  })
  const look = { size, colour: theme.ink, bold: true, anchor: 'middle', rim: theme.surface } as const
  pen.begin('names', area)
  placeLabels(wishes, area).forEach((placed, i) => {
    if (placed !== null) pen.text(texts[i] as string, placed.x, placed.y + middle * size, look)
  })
  pen.end()
}
