import type { PointIndex } from '../point-index.ts'
import type { Picture } from '../scatter-renderer.ts'
import { visibleBounds } from '../view-transform.ts'
import { type ImageSource, ThumbnailAtlas } from './thumbnail-atlas.ts'

/** More than this many would lie over one another and hide which lies where. */
const most = 300
/** Whole data sets are looked at as points, however few they are: images begin at this zoom. */
const leastZoom = 3
/** Sides of a thumbnail, CSS px. */
const sides = { least: 22, most: 56 } as const

/** Points that are drawn as their images. */
export interface Thumbnails {
  readonly atlas: ThumbnailAtlas
  readonly indices: readonly number[]
  /** Of the longer side, CSS px. */
  readonly side: number
}

/** Which points are drawn as their images now, and the images that have come. */
export class ThumbnailView {
  readonly #onArrived: () => void
  #atlas: ThumbnailAtlas | null = null

  /** @param onArrived after more images have come: they want to be drawn */
  constructor(onArrived: () => void) {
    this.#onArrived = onArrived
  }

  /** Images of other points; null for none. Those of the ones before are forgotten. */
  setSource(source: ImageSource | null): void {
    this.#atlas = source === null ? null : new ThumbnailAtlas(source, this.#onArrived)
  }

  /** @returns null where the points stay points: not zoomed in far enough, or too many in sight */
  inSight(
    picture: Picture,
    zoomed: number,
    index: PointIndex,
    isShown: (index: number) => boolean,
  ): Thumbnails | null {
    if (this.#atlas === null || zoomed < leastZoom) return null
    const { scene, view, area } = picture
    const indices: number[] = []
    index.inBox(scene, visibleBounds(view, area), point => {
      if (isShown(point)) indices.push(point)
      return indices.length > most
    })
    if (indices.length > most) return null
    // In the data set's order, as the points are drawn: the same ones lie above whoever found them.
    indices.sort((a, b) => a - b)
    this.#atlas.want(indices)
    const room = Math.sqrt((area.width * area.height) / Math.max(1, indices.length))
    const side = Math.round(Math.min(sides.most, Math.max(sides.least, room / 3)))
    return { atlas: this.#atlas, indices, side }
  }
}
