import type { Analysis } from '../../shared/contract.ts'

/** What a column stands for: the class that an image is named as, or the classes of its five neighbours. */
export type ColumnsBy = 'predicted' | 'neighbours'

/** Counts by true class (rows) and by `ColumnsBy`. */
export interface Confusion {
  /**
   * By `row * classes + column`, for cells with images: of 10,000 classes a hundred million cells would take 400 MB, and there
   * are no more with images than there are images.
   */
  readonly counts: ReadonlyMap<number, number>
  readonly rowTotals: Int32Array
  readonly classes: number
}

export function confusionOf(
  labels: Uint16Array,
  analysis: Analysis,
  classes: number,
  columns: ColumnsBy,
): Confusion {
  const counts = new Map<number, number>()
  const rowTotals = new Int32Array(classes)
  const { values, size } = columnsOf(analysis, columns)
  values.forEach((column, i) => {
    const row = labels[Math.floor(i / size)] as number
    if (column >= classes || row >= classes) return
    const cell = row * classes + column
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
    rowTotals[row] = (rowTotals[row] as number) + 1
  })
  return { counts, rowTotals, classes }
}

const columnsOf = (analysis: Analysis, columns: ColumnsBy): { values: Uint16Array; size: number } =>
  columns === 'predicted'
    ? { values: analysis.predicted, size: 1 }
    : { values: analysis.neighbourLabels, size: analysis.size }

/** Test images behind a cell, the surest first: of the row's class, and named (or with a neighbour) of the column's. */
export function imagesOf(
  labels: Uint16Array,
  analysis: Analysis,
  row: number,
  column: number,
  columns: ColumnsBy,
): Int32Array {
  const { values, size } = columnsOf(analysis, columns)
  const times = (image: number): number =>
    values.subarray(image * size, (image + 1) * size).filter(one => one === column).length
  const sureness = (image: number): number =>
    columns === 'predicted' ? (analysis.confidence[image] as number) : times(image)
  const found: number[] = []
  labels.forEach((label, image) => {
    if (label === row && times(image) > 0) found.push(image)
  })
  return Int32Array.from(found.sort((a, b) => sureness(b) - sureness(a) || a - b))
}

export const countIn = ({ counts, classes }: Confusion, row: number, column: number): number =>
  counts.get(row * classes + column) ?? 0

/** Share of a row that is in a cell; 0 of an empty row. */
export const shareOf = (confusion: Confusion, row: number, column: number): number =>
  confusion.rowTotals[row] === 0 ? 0 : countIn(confusion, row, column) / (confusion.rowTotals[row] as number)

export type Order = 'class' | 'worst'

/** The classes in order: as they are, or the one whose images are least among their own first. */
export function orderOf(confusion: Confusion, order: Order): Int32Array {
  const all = Int32Array.from({ length: confusion.classes }, (_, label) => label)
  if (order === 'class') return all
  const own = (label: number): number =>
    confusion.rowTotals[label] === 0 ? Number.POSITIVE_INFINITY : shareOf(confusion, label, label)
  return all.sort((a, b) => own(a) - own(b) || a - b)
}

export interface Confused {
  readonly row: number
  readonly column: number
  readonly count: number
  readonly share: number
}

/** The cells beside the diagonal with the largest shares, the worst first. */
export function worstOf(confusion: Confusion, most: number): Confused[] {
  const { counts, classes } = confusion
  const cells: Confused[] = []
  counts.forEach((count, cell) => {
    const [row, column] = [Math.floor(cell / classes), cell % classes]
    if (row !== column) cells.push({ row, column, count, share: shareOf(confusion, row, column) })
  })
  return cells.sort((a, b) => b.share - a.share || b.count - a.count || a.row - b.row).slice(0, most)
}
