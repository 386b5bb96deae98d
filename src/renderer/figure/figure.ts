import type { Contouring } from '../explorer/contours/contour-view.ts'
import type { DrawnPaths } from '../explorer/draw-paths.ts'
import type { Hidden } from '../explorer/legend-state.ts'
import type { PointColours } from '../explorer/point-colours.ts'
import type { PointSet } from '../explorer/point-set.ts'
import type { Bounds, Scene } from '../explorer/scene.ts'
import type { Mark } from '../search/marks.ts'

/** What is on the screen, as a figure shows it again. */
export interface FigureContent {
  readonly scene: Scene
  readonly classes: readonly string[]
  /** '#rrggbb' of every class. */
  readonly palette: readonly string[]
  /** Null: by class. */
  readonly colours: PointColours | null
  readonly hidden: Hidden
  readonly only: PointSet | null
  readonly selected: PointSet | null
  readonly shapes: boolean
  /** What is in sight, in the drawn features; null: everything. */
  readonly view: Bounds | null
  readonly contours: Contouring
  readonly paths: DrawnPaths | null
  /** The query and what was found; the points are faint behind them. */
  readonly marks: readonly Mark[]
}

export const figureThemes = ['light', 'dark', 'print'] as const
export type FigureThemeName = (typeof figureThemes)[number]

export interface FigureOptions {
  /** Empty: none. */
  readonly title: string
  /** CSS px, 96 to the inch. */
  readonly width: number
  readonly height: number
  readonly theme: FigureThemeName
  readonly transparent: boolean
  readonly axes: boolean
  readonly legend: boolean
  /** Names at the classes' centres. */
  readonly names: boolean
}

export interface FigureTheme {
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly surface: string
  /** Of points that are not selected while some are. */
  readonly grey: string
  /** Of the ring around the query. */
  readonly accent: string
}

/** Light and dark are the window's own; print is black on white, with lines that survive a copier. */
export const themes: Readonly<Record<FigureThemeName, FigureTheme>> = {
  light: {
    ...{ ink: '#191c23', quiet: '#586070', line: '#e2e5eb', surface: '#ffffff' },
    ...{ grey: '#c3c8d1', accent: '#4451d3' },
  },
  dark: {
    ...{ ink: '#e7e9ef', quiet: '#a2a9b7', line: '#2d323c', surface: '#1c1f26' },
    ...{ grey: '#4b515d', accent: '#8b98ff' },
  },
  print: {
    ...{ ink: '#000000', quiet: '#000000', line: '#dedede', surface: '#ffffff' },
    ...{ grey: '#bdbdbd', accent: '#000000' },
  },
}

/** Such as every system has, or something near it. */
export const figureFont = "Helvetica, Arial, 'Liberation Sans', sans-serif"

/** How wide a text will be, px. @param size of the letters, px */
export type Measure = (text: string, size: number, bold?: boolean) => number

/** A text cut to a width, with dots where something is missing. */
export function cut(text: string, most: number, size: number, measure: Measure): string {
  if (measure(text, size) <= most) return text
  let length = text.length - 1
  while (length > 1 && measure(`${text.slice(0, length)}…`, size) > most) length--
  return `${text.slice(0, length)}…`
}
