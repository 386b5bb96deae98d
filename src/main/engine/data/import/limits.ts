/**
 * What a parser refuses, so that no file, however it was made, takes the machine's memory or an evening. Pictures have
 * their own limits in image-file.ts.
 */
export const importLimits = {
  /** Files and folders of a tree, entries of a zip, rows of a table, images of an array. */
  entries: 1_000_000,
  /** Characters of a path. Longer ones cannot be opened on most systems. */
  pathLength: 4096,
  /** Characters of a class's name. */
  labelLength: 200,
  /** Of what has to be held in memory as long as the source is open, as bytes a pixel. */
  heldBytes: 600_000_000,
  /** A line of a CSV. One of 128 x 128 pixels in colour, 17 digits a value, is 0.9 MB. */
  lineBytes: 4_000_000,
  /** A row of a table of labels. */
  recordBytes: 100_000,
  /** Columns of it that are looked at. */
  columns: 1_000,
  /** A table of labels, of which other columns are held. */
  tableBytes: 500_000_000,
  /** What a zip may unpack to, all in all. Nothing is unpacked but what is being read. */
  zipBytes: 200_000_000_000,
  /** Pictures hardly shrink, and tables and arrays seldom to a fiftieth: more is a bomb. */
  zipRatio: 200,
  /** Below this a ratio says nothing: an empty picture shrinks well. */
  zipRatioFrom: 50_000_000,
} as const
