import type { SourcePicture } from '../source.ts'
import { asImage, openPicture, withinMemory } from './read-picture.ts'

/** A picture as a person knows it, small enough to be shown: [height * width * 3]. */
export interface Original {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Pixels of the longer side, at most. */
const longest = 96

/** In colour, its shape kept; nothing else is done to it but being scaled down. @throws bad-file */
export async function asOriginal(picture: SourcePicture, name: string): Promise<Original> {
  const { size } = await withinMemory(picture, name, () => openPicture(picture, name))
  const scale = Math.min(1, longest / Math.max(size.width, size.height))
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  const shape = { width, height, channels: 3 } as const
  return { width, height, pixels: await asImage(picture, name, shape, { fit: 'stretch', invert: false }) }
}
