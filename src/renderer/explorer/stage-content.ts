import { markerOpacity, markerRadius } from '../../shared/drawing/markers.ts'
import type { Mark } from '../search/marks.ts'
import type { Camera } from './camera.ts'
import type { Contouring } from './contours/contour-view.ts'
import type { DrawnPaths } from './draw-paths.ts'
import type { Hidden } from './legend-state.ts'
import type { PointColours } from './point-colours.ts'
import type { PointSet } from './point-set.ts'
import type { Picture, Theme } from './scatter-renderer.ts'
import type { Scene } from './scene.ts'

/** Points as they came, and how their classes are called and coloured. */
export interface Content {
  readonly scene: Scene | null
  readonly classes: readonly string[]
  readonly palette: readonly string[]
  /** Null: by class. */
  readonly colours: PointColours | null
}

/** What a person has chosen to see of them. */
export interface Look {
  readonly hidden: Hidden
  /** The others are neither drawn nor picked; null: all are. */
  readonly only: PointSet | null
  /** The others are grey; null: nothing is selected. */
  readonly selected: PointSet | null
  readonly shapes: boolean
  readonly names: boolean
  readonly marks: readonly Mark[]
  /** Ways through the training, drawn over the points. */
  readonly paths?: DrawnPaths | null
  /** Points as their images once one has zoomed in far enough; left out: yes. */
  readonly thumbnails?: boolean
  /** Lines of equal density; left out: none. */
  readonly contours?: Contouring
}

/** Of a look, what the points are drawn anew for. */
export const redrawing = ['hidden', 'only', 'selected', 'shapes', 'thumbnails', 'contours'] as const

/** What is to be drawn; null without points. */
export function pictureOf(content: Content, look: Look, camera: Camera, theme: Theme): Picture | null {
  const { scene, palette, colours } = content
  const { area, view, zoomed } = camera
  if (scene === null || view === null) return null
  const { hidden, only, selected, shapes } = look
  const room = area.width * area.height
  const count = only?.size ?? scene.count
  const radius = markerRadius(count, room, zoomed)
  const opacity = markerOpacity(count, room, zoomed, radius)
  return { scene, view, area, hidden, only, selected, palette, colours, shapes, radius, opacity, theme }
}
