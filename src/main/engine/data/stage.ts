import { longestShown, type Stage } from '../../../shared/contract/preparation.ts'
import type { ImageShape } from './data-set.ts'
import { shrunk } from './shrink.ts'

/** [height * width * channels], 0-255. */
interface Shown extends ImageShape {
  readonly values: Uint8Array
}

/** A step of a preparation and what the picture is after it, made small to be shown. */
export function toStage(words: string, picture: Shown): Stage {
  const { width, height, channels } = picture
  const scale = Math.min(1, longestShown / Math.max(width, height))
  const shownWidth = Math.max(1, Math.round(width * scale))
  const shownHeight = Math.max(1, Math.round(height * scale))
  const pixels = scale === 1 ? picture.values.slice() : shrunk(picture, shownWidth, shownHeight)
  return { words, width, height, pixels, shownWidth, shownHeight, channels }
}
