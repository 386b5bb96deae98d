/** A colour for every point by something else than its class. */
export interface PointColours {
  /** For a person: "Split", "Distance to the query". */
  readonly name: string
  /** Which entry of the palette each point takes, [points]. */
  readonly of: Uint16Array
  /** '#rrggbb'; a figure is told in 64 steps from low to high. */
  readonly palette: readonly string[]
  /** What each entry means, as the legend says it: categories, or the two ends of a figure's range. */
  readonly legend: readonly string[]
  readonly kind: 'categories' | 'figure'
  /** Entries have shapes of their own, too, in place of the classes': see markers.ts. Left out: no. */
  readonly shaped?: boolean
}
