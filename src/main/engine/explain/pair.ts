/** Two images as the network sees them, and what stands for "nothing there": each [height * width], 0-255. */
export interface ExplainedPair {
  readonly first: Uint8Array
  readonly second: Uint8Array
  /** The mean training image. */
  readonly mean: Uint8Array
  readonly height: number
  readonly width: number
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
