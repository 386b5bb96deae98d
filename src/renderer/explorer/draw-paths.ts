import type { Drawing } from './drawing.ts'
import type { Picture, Theme } from './scatter-renderer.ts'
import { type Scene, xOf, yOf } from './scene.ts'
import { toX, toY } from './view-transform.ts'

/** Ways of points through the moments of a training. */
export interface DrawnPaths {
  /** [travellers, moments, size], in the features that are drawn. */
  readonly values: Float32Array
  readonly size: number
  /** Iteration of each moment, [moments]. */
  readonly iterations: Int32Array
  /** Class of each traveller, which gives it its colour: [travellers]. */
  readonly labels: Uint16Array
  /** Iteration that is looked at: the way behind it is strong, the one still to come faint. Null: all is behind. */
  readonly at: number | null
}

const lineWidth = 2

type Below = Pick<Picture, 'scene' | 'view' | 'hidden' | 'palette'> & {
  readonly theme: Pick<Theme, 'ink' | 'surface'>
}

/** Over the points; those of hidden classes are left out, and so are all in a strip, whose rows no path leaves. */
export function drawPaths(context: Drawing, picture: Below, paths: DrawnPaths): void {
  if (picture.scene.vertical === null) return
  const moments = paths.iterations.length
  const { values, size, at } = paths
  const way: Scene = { ...picture.scene, values, size, count: paths.labels.length * moments }
  const past = at === null ? moments : paths.iterations.findLastIndex(iteration => iteration <= at) + 1
  context.save()
  context.lineJoin = 'round'
  context.lineCap = 'round'
  paths.labels.forEach((label, traveller) => {
    if (picture.hidden.has(label)) return
    const first = traveller * moments
    const colour = picture.palette[label] ?? picture.theme.ink
    const whole = { picture, way, colour }
    drawLine(context, { ...whole, from: first + Math.max(0, past - 1), to: first + moments, strong: false })
    drawLine(context, { ...whole, from: first, to: first + past, strong: true })
    dot(context, picture, way, first, colour, false)
    dot(context, picture, way, first + Math.max(0, past - 1), colour, true)
  })
  context.restore()
}

interface Line {
  readonly picture: Below
  readonly way: Scene
  readonly colour: string
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly strong: boolean
}

/** With a rim of the background, so that it is seen on any points. */
function drawLine(context: Drawing, { picture, way, colour, from, to, strong }: Line): void {
  const { view, theme } = picture
  context.beginPath()
  for (let i = from; i < to; i++) context.lineTo(toX(view, xOf(way, i)), toY(view, yOf(way, i)))
  context.setLineDash(strong ? [] : [2, 5])
  context.strokeStyle = theme.surface
  context.lineWidth = lineWidth + 2.5
  if (strong) context.stroke()
  context.strokeStyle = colour
  context.lineWidth = lineWidth
  context.stroke()
  context.setLineDash([])
}

/** Where it began is hollow, where it is now is filled. */
function dot(
  context: Drawing,
  { view, theme }: Below,
  way: Scene,
  index: number,
  colour: string,
  filled: boolean,
): void {
  context.beginPath()
  context.arc(toX(view, xOf(way, index)), toY(view, yOf(way, index)), filled ? 5 : 3.5, 0, 2 * Math.PI)
  context.fillStyle = filled ? colour : theme.surface
  context.fill()
  context.strokeStyle = filled ? theme.surface : colour
  context.lineWidth = 2
  context.stroke()
}
