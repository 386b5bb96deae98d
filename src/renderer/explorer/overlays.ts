import { ContourView } from './contours/contour-view.ts'
import type { Overlay } from './draw-marks.ts'
import { peaksOf } from './labels/class-peaks.ts'
import type { PointIndex } from './point-index.ts'
import type { Picture } from './scatter-renderer.ts'
import { boundsOf } from './scene.ts'
import type { Content, Look } from './stage-content.ts'
import { type Thumbnails, ThumbnailView } from './thumbnails/thumbnails.ts'
import { visibleBounds } from './view-transform.ts'

/** What lies over the points and is worked out from them: images in their place, lines of equal density, names. */
export class Overlays {
  readonly thumbnails: ThumbnailView
  readonly contours: ContourView
  #thumbnailsNow: Thumbnails | null = null
  #peaks: Float64Array | null = null

  /** @param changed after something has come that wants to be drawn */
  constructor(changed: () => void) {
    this.thumbnails = new ThumbnailView(changed)
    this.contours = new ContourView(changed)
  }

  /** The points are others now. */
  forget(): void {
    this.#peaks = null
  }

  /** The points are drawn anew, for whatever reason. */
  arrange(picture: Picture | null, look: Look, { classes, zoomed, index, isShown }: ArrangeOptions): void {
    const showsImages = picture !== null && look.thumbnails !== false
    this.#thumbnailsNow = showsImages ? this.thumbnails.inSight(picture, zoomed, index, isShown) : null
    const contouring = look.contours ?? 'none'
    if (picture === null || contouring === 'none' || picture.scene.vertical === null) {
      this.contours.renew(null)
      return
    }
    const { scene, area, view } = picture
    const groups = contouring === 'classes' ? classes : null
    this.contours.renew(() => ({ scene, sight: visibleBounds(view, area), area, classes: groups, isShown }))
  }

  overlay(content: Content, look: Look, pointed: number): Overlay {
    const { classes } = content
    const { marks } = look
    // Ranks of neighbours are figures too: names among them could not be told apart from them.
    const names = look.names && marks.length < 2 ? { classes, centres: this.#peaksOf(content) } : null
    return {
      ...{ marks, paths: look.paths ?? null, pointed, names },
      thumbnails: this.#thumbnailsNow,
      // The density of a handful of images is no more than where they lie.
      contours: this.#thumbnailsNow === null ? this.contours.traced : null,
    }
  }

  /** Once for a frame of the training, and only if they are to be seen. */
  #peaksOf({ scene, classes }: Content): Float64Array {
    const bounds = scene === null ? null : boundsOf(scene, classes.length)
    if (scene === null || bounds === null) return new Float64Array(0)
    this.#peaks ??= peaksOf(scene, classes.length, bounds)
    return this.#peaks
  }

  dispose(): void {
    this.thumbnails.setSource(null)
    this.contours.dispose()
  }
}

interface ArrangeOptions {
  readonly classes: number
  /** Times the fitted scale. */
  readonly zoomed: number
  readonly index: PointIndex
  readonly isShown: (index: number) => boolean
}
