import { axisTitles, boundsOf } from '../explorer/scene.ts'
import { type Tick, ticksOf } from '../explorer/ticks.ts'
import { type Area, fitView, type View, visibleBounds } from '../explorer/view-transform.ts'
import { cut, type FigureContent, type FigureOptions, type Measure } from './figure.ts'
import { type Legend, legendOf } from './legend.ts'
import { type VisiblePoints, visiblePoints } from './visible-points.ts'

export interface AxisLayout {
  readonly title: string
  readonly ticks: readonly Tick[]
}

/** Where everything of a figure goes, px. */
export interface Layout {
  /** Of the points. */
  readonly area: Area
  readonly view: View
  readonly points: VisiblePoints
  readonly horizontal: AxisLayout
  readonly vertical: AxisLayout
  readonly legend: Legend | null
}

export const edge = 16
export const titleSize = 16
export const tickSize = 11
export const axisTitleSize = 12
const titleRoom = 30
const bottomRoom = 42
const legendGap = 20

/** @returns null where there is nothing to see */
export function layOut(content: FigureContent, options: FigureOptions, measure: Measure): Layout | null {
  const { scene, classes } = content
  const bounds = content.view ?? boundsOf(scene, classes.length)
  if (bounds === null) return null
  const all = content.view === null
  const viewIn = (area: Area): View => fitView(bounds, area, scene.vertical !== null, all ? undefined : 0)

  const top = edge + (options.title === '' ? 0 : titleRoom)
  const height = Math.max(1, options.height - top - edge - (options.axes ? bottomRoom : 0))
  const areaOf = (left: number, right: number): Area => ({
    ...{ left, top, height },
    width: Math.max(1, options.width - left - right),
  })
  // What stands left of the points is as wide as its longest text, which hardly changes with the width of the points.
  const first = areaOf(edge + 40, edge)
  const upwards = options.axes ? verticalTicks(content, viewIn(first), first, options, measure) : []
  const widest = upwards.reduce((most, { text }) => Math.max(most, measure(text, tickSize)), 0)
  const left = edge + (options.axes ? widest + 8 + axisTitleSize + 8 : 0)

  const legendRoom = { height, mostWidth: options.width * 0.45, measure }
  const wide = areaOf(left, edge)
  const seen = visiblePoints(content, viewIn(wide), wide)
  const legend = options.legend ? legendOf(content, seen, legendRoom) : null
  const area = areaOf(left, edge + (legend === null ? 0 : legend.width + legendGap))
  const view = viewIn(area)
  const points = visiblePoints(content, view, area)
  const titles = axisTitles(scene)
  return {
    ...{ area, view, points },
    legend: legend === null ? null : { ...legendOf(content, points, legendRoom), width: legend.width },
    horizontal: { title: titles.horizontal, ticks: horizontalTicks(view, area) },
    vertical: { title: titles.vertical, ticks: verticalTicks(content, view, area, options, measure) },
  }
}

function horizontalTicks(view: View, area: Area): Tick[] {
  const { minX, maxX } = visibleBounds(view, area)
  return ticksOf(minX, maxX, area.width / 90)
}

/** A strip's rows carry the names of their classes. */
function verticalTicks(
  { scene, classes }: FigureContent,
  view: View,
  area: Area,
  { width }: FigureOptions,
  measure: Measure,
): Tick[] {
  const { minY, maxY } = visibleBounds(view, area)
  if (scene.vertical !== null) return ticksOf(minY, maxY, area.height / 60)
  return classes
    .map((name, row) => ({ value: -row, text: cut(name, width * 0.25, tickSize, measure) }))
    .filter(({ value }) => value >= minY && value <= maxY)
}
