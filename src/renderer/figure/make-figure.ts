import { CanvasPen, measureWith } from './canvas-pen.ts'
import { drawAbove, drawBelow, pointDrawer } from './draw-figure.ts'
import type { FigureContent, FigureOptions, Measure } from './figure.ts'
import { type Layout, layOut } from './layout.ts'
import { withResolution } from './png-resolution.ts'
import { inSlices } from './slices.ts'
import { traceLines } from './trace-lines.ts'
import { type SvgFigure, writeSvg } from './write-svg.ts'

/** Letters are measured on the canvas, the same for every kind of file. */
const newMeasure = (): Measure => measureWith(contextOf(newCanvas(1, 1)))

export function layOutFigure(content: FigureContent, options: FigureOptions): Layout {
  const layout = layOut(content, options, newMeasure())
  if (layout === null) throw new Error('There is nothing to show: no point is a number.')
  return layout
}

/** Draws a figure on a canvas. @param scale device px per CSS px; the canvas's size is set to fit */
export async function paintFigure(
  canvas: HTMLCanvasElement,
  content: FigureContent,
  options: FigureOptions,
  scale: number,
  signal?: AbortSignal,
): Promise<Layout> {
  const layout = layOutFigure(content, options)
  const contours = await traceLines(content, layout, signal)
  canvas.width = Math.round(options.width * scale)
  canvas.height = Math.round(options.height * scale)
  const context = contextOf(canvas)
  context.setTransform(scale, 0, 0, scale, 0, 0)
  const pen = new CanvasPen(context)
  drawBelow(pen, layout, options)
  await paintPoints(pen, content, layout, options, signal)
  drawAbove(pen, content, layout, options, newMeasure(), contours)
  return layout
}

async function paintPoints(
  pen: CanvasPen,
  content: FigureContent,
  layout: Layout,
  options: FigureOptions,
  signal?: AbortSignal,
): Promise<void> {
  pen.begin('points', layout.area)
  try {
    await inSlices(layout.points.indices.length, pointDrawer(pen, content, layout, options), signal)
  } finally {
    pen.end()
  }
}

/** @param dpi dots per inch; a CSS px is 1/96 of one */
export async function figureAsPng(
  content: FigureContent,
  options: FigureOptions,
  dpi: number,
  signal?: AbortSignal,
): Promise<Blob> {
  const canvas = newCanvas(1, 1)
  await paintFigure(canvas, content, options, dpi / 96, signal)
  return withResolution(await encoded(canvas), dpi)
}

/** @param picture above so many points one picture, at so many dots per inch, takes the place of their markers; null: never */
export async function figureAsSvg(
  content: FigureContent,
  options: FigureOptions,
  picture: { readonly dpi: number; readonly above: number } | null,
  signal?: AbortSignal,
): Promise<Blob> {
  const layout = layOutFigure(content, options)
  const figure: SvgFigure = {
    ...{ content, options, layout, measure: newMeasure() },
    contours: await traceLines(content, layout, signal),
    pictureAbove: picture?.above ?? null,
    picture: async () =>
      addressOf(await pointsAsPng(content, layout, options, (picture?.dpi ?? 96) / 96, signal)),
  }
  return writeSvg(figure, signal)
}

/** The points alone, on nothing. */
async function pointsAsPng(
  content: FigureContent,
  layout: Layout,
  options: FigureOptions,
  scale: number,
  signal?: AbortSignal,
): Promise<Blob> {
  const { left, top, width, height } = layout.area
  const canvas = newCanvas(Math.round(width * scale), Math.round(height * scale))
  const context = contextOf(canvas)
  context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0)
  context.translate(-left, -top)
  await paintPoints(new CanvasPen(context), content, layout, options, signal)
  return encoded(canvas)
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser gives no canvas to draw on.')
  return context
}

/** Off the window's thread, by the browser itself. */
async function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('The picture is too large for this browser: take fewer dots per inch.')
  return blob
}

const addressOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
