/** Something that has a place in the scatter: a point, by its number there, or a picture that was brought. */
export type Place =
  | { readonly kind: 'point'; readonly index: number }
  /** `point` is [embedding size]. */
  | { readonly kind: 'picture'; readonly point: Float32Array }

/** What the scatter points out, with the few letters that say which it is: "1" to "9", "A", "B". */
export interface Mark {
  readonly place: Place
  readonly text: string
  /** Lines run from what was asked for to all others. */
  readonly asked: boolean
}
