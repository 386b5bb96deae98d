import type { Hidden } from './legend-state.ts'
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
  /** CSS font family. */
  readonly font: string
}

/** Everything that decides how the points look. */
export interface Picture {
  readonly scene: Scene
  readonly view: View
  readonly area: Area
  readonly hidden: Hidden
  /** '#rrggbb' of every class. */
  readonly palette: readonly string[]
  /** A shape a class, or discs alone. */
  readonly shapes: boolean
  /** Of one marker, CSS px. */
  readonly radius: number
  readonly theme: Theme
}

/**
 * Draws the points, nothing else. The one on a plain canvas is enough for tens of thousands; one on the graphics card can take
 * its place behind this.
 */
export interface ScatterRenderer {
  /** @param width CSS px @param ratio device pixels per CSS px */
  resize(width: number, height: number, ratio: number): void
  /** Null leaves it blank. */
  draw(picture: Picture | null): void
}
