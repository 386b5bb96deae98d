import type { Contours } from '../explorer/contours/contour-view.ts'
import { drawAbove, drawBelow, pointDrawer } from './draw-figure.ts'
import type { FigureContent, FigureOptions, Measure } from './figure.ts'
import type { Layout } from './layout.ts'
import { inSlices } from './slices.ts'
import { SvgPen } from './svg-pen.ts'

export interface SvgFigure {
  readonly content: FigureContent
  readonly options: FigureOptions
  readonly layout: Layout
  readonly measure: Measure
  readonly contours: Contours | null
  /** Above so many points one picture takes the place of their markers; null: never. */
  readonly pictureAbove: number | null
  /** @returns the points alone on nothing, of the layout's area, as a data: address */
  readonly picture: () => Promise<string>
}

export async function writeSvg(figure: SvgFigure, signal?: AbortSignal): Promise<Blob> {
  const { content, options, layout, measure, contours, pictureAbove, picture } = figure
  const pen = new SvgPen()
  const count = layout.points.indices.length
  drawBelow(pen, layout, options)
  if (pictureAbove !== null && count > pictureAbove) {
    const address = await picture()
    pen.begin('points')
    pen.picture(address, layout.area)
  } else {
    pen.begin('points', layout.area)
    await inSlices(count, pointDrawer(pen, content, layout, options), signal)
  }
  pen.end()
  drawAbove(pen, content, layout, options, measure, contours)
  return pen.finish(options.width, options.height, options.title)
}
