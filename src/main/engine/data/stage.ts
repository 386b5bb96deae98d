import { longestShown, type Stage } from '../../../shared/contract/preparation.ts'
import type { ImageShape } from './data-set.ts'

/** Samples along a side of what becomes one pixel: enough for a thumbnail, and a large picture costs no more. */
const samples = 3

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

function shrunk(
  { width, height, channels, values }: Shown,
  shownWidth: number,
  shownHeight: number,
): Uint8Array {
  const places = (at: number, shown: number, size: number): number[] =>
    Array.from({ length: samples }, (_, i) =>
      Math.min(size - 1, Math.floor(((at + (i + 0.5) / samples) * size) / shown)),
    )
  const columns = Array.from({ length: shownWidth }, (_, x) => places(x, shownWidth, width))
  const pixels = new Uint8Array(shownWidth * shownHeight * channels)
  for (let y = 0, to = 0; y < shownHeight; y++) {
    const rows = places(y, shownHeight, height)
    for (const xs of columns) {
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (const row of rows) for (const x of xs) sum += values[(row * width + x) * channels + c] as number
        pixels[to++] = Math.round(sum / samples ** 2)
      }
    }
  }
  return pixels
}
