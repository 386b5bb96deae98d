/** A cell of the table of confusion, by its place in the order of classes. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** How many rows Page Up and Page Down go. */
const page = 10

/** Where a key goes from a cell; undefined where it goes nowhere. @param count classes, from 1 */
export function cellAfter(key: string, { row, column }: Cell, count: number): Cell | undefined {
  const last = count - 1
  const within = (place: number): number => Math.min(last, Math.max(0, place))
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1), column }
    case 'ArrowDown':
      return { row: within(row + 1), column }
    case 'ArrowLeft':
      return { row, column: within(column - 1) }
    case 'ArrowRight':
      return { row, column: within(column + 1) }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: last }
    case 'PageUp':
      return { row: within(row - page), column }
    case 'PageDown':
      return { row: within(row + page), column }
    default:
      return undefined
  }
}
