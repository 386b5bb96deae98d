/** What the points are coloured by. */
export type Colouring =
  | { readonly by: 'class' | 'agreement' | 'confidence' | 'distance' | 'split' }
  /** A column of a table that was opened beside the images. */
  | { readonly by: 'column'; readonly table: string; readonly name: string }

export const byClass: Colouring = { by: 'class' }
