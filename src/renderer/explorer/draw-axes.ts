import type { Theme } from './scatter-renderer.ts'
import { ticksOf } from './ticks.ts'
import { type Area, toX, toY, type View, visibleBounds } from './view-transform.ts'

/** Space for ticks and titles around the points, CSS px. */
const margins = { left: 58, right: 12, top: 8, bottom: 44 } as const

export const areaOf = (width: number, height: number): Area => ({
  left: margins.left,
  top: margins.top,
  width: Math.max(1, width - margins.left - margins.right),
  height: Math.max(1, height - margins.top - margins.bottom),
})

export interface Axes {
  readonly view: View
  readonly area: Area
  readonly theme: Theme
  /** "Feature 1" */
  readonly horizontal: string
  readonly vertical: string
  /** Rows of a strip, from the top; null for a numeric axis. */
  readonly rows: readonly string[] | null
}

/** Grid, ticks and titles, on a canvas of CSS px that is already cleared. */
export function drawAxes(context: CanvasRenderingContext2D, axes: Axes): void {
  const { area, theme, view } = axes
  const seen = visibleBounds(view, area)
  const bottom = area.top + area.height
  context.font = `11px ${theme.font}`
  context.lineWidth = 1
  context.strokeStyle = theme.line
  context.fillStyle = theme.quiet
  context.textBaseline = 'top'
  context.textAlign = 'center'
  for (const { value, text } of ticksOf(seen.minX, seen.maxX, area.width / 90)) {
    const x = Math.round(toX(view, value)) + 0.5
    line(context, x, area.top, x, bottom)
    context.fillText(text, x, bottom + 6)
  }
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  const rows = axes.rows?.map((text, row) => ({ value: -row, text }))
  const inSight = (value: number) => value >= seen.minY && value <= seen.maxY
  for (const { value, text } of rows?.filter(row => inSight(row.value)) ??
    ticksOf(seen.minY, seen.maxY, area.height / 60)) {
    const y = Math.round(toY(view, value)) + 0.5
    line(context, area.left, y, area.left + area.width, y)
    context.fillText(text, area.left - 8, y, area.left - 22)
  }
  titles(context, axes, bottom)
}

function titles(
  context: CanvasRenderingContext2D,
  { area, theme, horizontal, vertical }: Axes,
  bottom: number,
): void {
  context.font = `12px ${theme.font}`
  context.fillStyle = theme.ink
  context.textAlign = 'center'
  context.textBaseline = 'bottom'
  context.fillText(horizontal, area.left + area.width / 2, bottom + margins.bottom - 4)
  context.save()
  context.translate(4, area.top + area.height / 2)
  context.rotate(-Math.PI / 2)
  context.textBaseline = 'top'
  context.fillText(vertical, 0, 0)
  context.restore()
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}
