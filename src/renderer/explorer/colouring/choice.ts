/** What the points are coloured by. */
export type Colouring =
  | { readonly by: 'class' | 'agreement' | 'confidence' | 'distance' }
  /** A column of the table that was opened beside the images. */
  | { readonly by: 'column'; readonly name: string }

export const byClass: Colouring = { by: 'class' }

export const sameColouring = (a: Colouring, b: Colouring): boolean =>
  a.by === b.by && (a.by !== 'column' || b.by !== 'column' || a.name === b.name)
