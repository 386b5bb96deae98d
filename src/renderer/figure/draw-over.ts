import { markerRadius } from '../../shared/drawing/markers.ts'
import type { Contours } from '../explorer/contours/contour-view.ts'
import { drawContours } from '../explorer/contours/draw-contours.ts'
import { drawPaths } from '../explorer/draw-paths.ts'
import { drawQuery } from '../explorer/draw-query.ts'
import { type FigureContent, type FigureTheme, figureFont } from './figure.ts'
import type { Layout } from './layout.ts'
import type { Pen } from './pen.ts'

const themed = ({ ink, surface, accent, grey }: FigureTheme) => ({
  ...{ ink, surface, accent },
  context: grey,
  font: figureFont,
})

/** Lines of equal density, as on the screen. */
export function drawLines(
  pen: Pen,
  { palette }: FigureContent,
  { area, view }: Layout,
  theme: FigureTheme,
  contours: Contours,
): void {
  pen.begin('contours', area)
  drawContours(pen.drawing, { palette, view, theme }, contours)
  pen.end()
}

/** What is below ways and marks. */
function below(
  { scene, palette, colours, shapes, hidden }: FigureContent,
  layout: Layout,
  theme: FigureTheme,
) {
  const { area, view, points } = layout
  const radius = markerRadius(points.indices.length, area.width * area.height, 1)
  return { scene, view, palette, colours, shapes, hidden, radius, theme: themed(theme) }
}

/** Ways through the training, as on the screen. */
export function drawWays(pen: Pen, content: FigureContent, layout: Layout, theme: FigureTheme): void {
  if (content.paths === null) return
  pen.begin('paths', layout.area)
  drawPaths(pen.drawing, below(content, layout, theme), content.paths)
  pen.end()
}

/** The query and what was found, as on the screen. */
export function drawFound(pen: Pen, content: FigureContent, layout: Layout, theme: FigureTheme): void {
  if (content.marks.length === 0) return
  pen.begin('marks', layout.area)
  drawQuery(pen.drawing, below(content, layout, theme), content.marks)
  pen.end()
}
