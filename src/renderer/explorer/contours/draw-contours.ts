import type { Drawing } from '../drawing.ts'
import type { Picture, Theme } from '../scatter-renderer.ts'
import { toX, toY } from '../view-transform.ts'
import type { Contours } from './contour-view.ts'

/** Lines over the points, on a canvas of CSS px: of a class in its colour, on a rim that parts them from its points. */
export function drawContours(
  context: Drawing,
  {
    palette,
    theme,
    view,
  }: Pick<Picture, 'palette' | 'view'> & {
    readonly theme: Pick<Theme, 'ink' | 'surface'>
  },
  { lines, grid }: Contours,
): void {
  const { box, columns, rows, labels } = grid
  const scaleX = (view.scaleX * (box.maxX - box.minX)) / columns
  const scaleY = (view.scaleY * (box.maxY - box.minY)) / rows
  const [left, bottom] = [toX(view, box.minX), toY(view, box.minY)]
  context.lineJoin = 'round'
  for (let first = 0; first < lines.groups.length; ) {
    const group = lines.groups[first] as number
    let last = first
    context.beginPath()
    for (; last < lines.groups.length && lines.groups[last] === group; last++) {
      const [start, end] = [lines.starts[last] as number, lines.starts[last + 1] as number]
      for (let i = start; i < end; i++) {
        const x = left + (lines.points[i * 2] as number) * scaleX
        const y = bottom - (lines.points[i * 2 + 1] as number) * scaleY
        if (i === start) context.moveTo(x, y)
        else context.lineTo(x, y)
      }
      context.closePath()
    }
    context.strokeStyle = theme.surface
    context.lineWidth = 2.5
    context.stroke()
    context.strokeStyle = labels === null ? theme.ink : (palette[labels[group] as number] ?? theme.ink)
    context.lineWidth = 1.25
    context.stroke()
    first = last
  }
}
