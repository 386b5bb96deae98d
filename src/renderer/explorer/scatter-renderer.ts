import type { Hidden } from './legend-state.ts'
import type { PointColours } from './point-colours.ts'
import type { PointSet } from './point-set.ts'
import type { Scene } from './scene.ts'
import type { Area, View } from './view-transform.ts'

/** Colours and letters of the page, as its style sheet says them, so that the canvas follows light and dark. */
export interface Theme {
  readonly ink: string
  readonly quiet: string
  readonly line: string
  /** '#rrggbb' */
  readonly surface: string
  readonly accent: string
  /** '#rrggbb' of points that are there only to be seen among: those that are not selected while some are. */
  readonly context: string
  /** CSS font family. */
  readonly font: string
}

/** Everything that decides how the points look. */
export interface Picture {
  readonly scene: Scene
  readonly view: View
  readonly area: Area
  readonly hidden: Hidden
  /** The others are not there; null: all are. */
  readonly only: PointSet | null
  /** The others are grey and lie below; null: nothing is selected. */
  readonly selected: PointSet | null
  /** '#rrggbb' of every class. */
  readonly palette: readonly string[]
  /** In place of the classes' colours. */
  readonly colours: PointColours | null
  /** A shape a class, or discs alone. */
  readonly shapes: boolean
  /** Of one marker, CSS px. */
  readonly radius: number
  /** Of one marker, above 0 to 1. */
  readonly opacity: number
  readonly theme: Theme
}

/** What drawing has cost so far: for tests and benchmarks, which hold counts and not times. */
export interface DrawCounts {
  readonly pictures: number
  /** Orders to draw points, each for any number of them. */
  readonly drawCalls: number
  /** How often, and how much of, points, classes, colours and flags went to the graphics card. */
  readonly uploads: number
  readonly bytes: number
}

/** Draws the points, nothing else: with the graphics card (webgl/) or, where there is none, by itself. */
export interface ScatterRenderer {
  readonly kind: 'webgl' | 'canvas'
  readonly counts: DrawCounts
  /** @param width CSS px @param ratio device pixels per CSS px */
  resize(width: number, height: number, ratio: number): void
  /** Null leaves it blank. */
  draw(picture: Picture | null): void
  dispose(): void
}

/** Some of the points and how they are drawn; the passes of a picture are drawn one over the other. */
export interface Pass {
  readonly points: 'all' | 'selected' | 'others'
  readonly opacity: number
  /** Rim in the background's colour, CSS px; translucent or tiny markers have none. */
  readonly rim: number
}

export function passesOf({ selected, opacity, radius }: Picture): readonly Pass[] {
  const rim = (strength: number) => (strength === 1 && radius >= 2 ? 0.5 : 0)
  if (selected === null) return [{ points: 'all', opacity, rim: rim(opacity) }]
  return [
    { points: 'others', opacity: opacity * 0.7, rim: 0 },
    { points: 'selected', opacity: Math.max(opacity, 0.9), rim: rim(opacity) },
  ]
}

/** Which shape a point has where there are any: its class's, or that of what it is coloured by. */
export const shapeNumber = ({ scene, colours }: Pick<Picture, 'scene' | 'colours'>, index: number): number =>
  (colours?.shaped === true ? colours.of[index] : scene.labels[index]) as number

/** '#rrggbb' of a point as it is drawn where it is neither hidden nor grey. */
export const colourOf = (
  {
    scene,
    palette,
    colours,
    theme,
  }: Pick<Picture, 'scene' | 'palette' | 'colours'> & { readonly theme: Pick<Theme, 'context'> },
  index: number,
): string =>
  (colours === null
    ? palette[scene.labels[index] as number]
    : colours.palette[colours.of[index] as number]) ?? theme.context
