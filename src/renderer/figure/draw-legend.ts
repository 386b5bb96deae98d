import type { Area } from '../explorer/view-transform.ts'
import type { FigureContent, FigureTheme } from './figure.ts'
import { countText, type Legend, markerRoom } from './legend.ts'
import type { Pen } from './pen.ts'
import { colourOf } from './visible-points.ts'

const headingSize = 12
const headingRoom = 22

/** Beside the points, from their upper edge. */
export function drawLegend(
  pen: Pen,
  content: FigureContent,
  legend: Legend,
  area: Area,
  theme: FigureTheme,
): void {
  const left = area.left + area.width + 20
  pen.begin('legend')
  if (legend.heading !== '')
    pen.text(legend.heading, left, area.top + headingSize, {
      size: headingSize,
      colour: theme.ink,
      bold: true,
    })
  const top = area.top + (legend.heading === '' ? 0 : headingRoom)
  if (legend.range !== null) drawRange(pen, content, legend.range, left, top, area, theme)
  else drawEntries(pen, content, legend, left, top, theme)
  pen.end()
}

function drawEntries(
  pen: Pen,
  content: FigureContent,
  { entries, left: missing, rows, rowHeight, fontSize, columnWidth }: Legend,
  left: number,
  top: number,
  theme: FigureTheme,
): void {
  const spot = (at: number) => ({
    x: left + Math.floor(at / rows) * columnWidth,
    y: top + ((at % rows) + 0.5) * rowHeight,
  })
  entries.forEach(({ entry, shape, text, count }, at) => {
    const { x, y } = spot(at)
    const colour = entry === null ? theme.grey : colourOf(content, entry)
    const base = y + 0.35 * fontSize
    pen.marker(x + 5, y, { shape, colour, radius: fontSize * 0.36, opacity: 1, rim: '' })
    pen.text(text, x + markerRoom, base, { size: fontSize, colour: theme.ink })
    pen.text(countText(count), x + columnWidth - 14, base, {
      size: fontSize,
      colour: theme.quiet,
      anchor: 'end',
    })
  })
  if (missing === 0) return
  const { x, y } = spot(entries.length)
  pen.text(`and ${countText(missing)} more`, x + markerRoom, y + 0.35 * fontSize, {
    size: fontSize,
    colour: theme.quiet,
  })
}

/** High is up. */
function drawRange(
  pen: Pen,
  { colours }: FigureContent,
  [low, high]: readonly [string, string],
  left: number,
  top: number,
  area: Area,
  theme: FigureTheme,
): void {
  const palette = colours?.palette ?? []
  const height = Math.min(200, area.height - headingRoom)
  const step = height / palette.length
  palette.forEach((colour, i) => {
    // A little over the next, or seams would show between them.
    const y = top + height - (i + 1) * step
    pen.fill({ left, top: y, width: 14, height: i === 0 ? step : step + 0.5 }, colour)
  })
  pen.text(high, left + 22, top + 10, { size: 11, colour: theme.quiet })
  pen.text(low, left + 22, top + height, { size: 11, colour: theme.quiet })
}
