import type { ImageShape } from '../data/data-set.ts'

/** Two images as the network sees them, and what stands for "nothing there": each [height * width * channels], 0-255. */
export interface ExplainedPair extends ImageShape {
  readonly first: Uint8Array
  readonly second: Uint8Array
  /** The mean training image. */
  readonly mean: Uint8Array
}

/**
 * How much farther apart the two would fall without what is at a pixel, for each pixel of both: [height * width]. Above 0
 * it is why they are near.
 */
export interface PairMaps {
  readonly distance: number
  readonly first: Float32Array
  readonly second: Float32Array
}
