/** What a page tells of its turn. */
export interface Measured {
  /** From points in memory to the first finished picture, ms. */
  readonly firstDrawMs: number
  /** Of the script's pictures, ms each. */
  readonly frameMs: number
  readonly frames: number
}
