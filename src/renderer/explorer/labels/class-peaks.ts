import { type Bounds, type Scene, xOf, yOf } from '../scene.ts'

/** Cells along each side of the grid: finer where a class has more points, so that a few do not make a peak by chance. */
const sideFor = (perClass: number): number => Math.min(64, Math.max(6, Math.round(1.5 * Math.sqrt(perClass))))

/**
 * Where each class lies densest: the mean of its points in the nine cells that hold most of them. The mean of all would fall
 * between the lumps of a class that has several. Two passes over the points, 15 ms for a million.
 * @returns [classes, 2]; NaN for a class without finite points
 */
export function peaksOf(scene: Scene, classes: number, bounds: Bounds): Float64Array {
  const side = sideFor(scene.count / Math.max(1, classes))
  const perX = side / Math.max(bounds.maxX - bounds.minX, Number.MIN_VALUE)
  const perY = side / Math.max(bounds.maxY - bounds.minY, Number.MIN_VALUE)
  const column = (x: number) => Math.min(side - 1, Math.max(0, Math.floor((x - bounds.minX) * perX)))
  const row = (y: number) => Math.min(side - 1, Math.max(0, Math.floor((y - bounds.minY) * perY)))
  const counts = new Uint32Array(classes * side * side)
  const each = (visit: (label: number, x: number, y: number) => void) => {
    for (let i = 0; i < scene.count; i++) {
      const [x, y, label] = [xOf(scene, i), yOf(scene, i), scene.labels[i] as number]
      if (Number.isFinite(x) && Number.isFinite(y) && label < classes) visit(label, x, y)
    }
  }
  each((label, x, y) => {
    const at = (label * side + row(y)) * side + column(x)
    counts[at] = (counts[at] as number) + 1
  })
  const peaks = Array.from({ length: classes }, (_, label) =>
    fullest(counts.subarray(label * side * side, (label + 1) * side * side), side),
  )
  const sums = new Float64Array(classes * 3)
  each((label, x, y) => {
    const { column: atColumn, row: atRow } = peaks[label] as Cell
    if (Math.abs(column(x) - atColumn) > 1 || Math.abs(row(y) - atRow) > 1) return
    sums[label * 3] = (sums[label * 3] as number) + x
    sums[label * 3 + 1] = (sums[label * 3 + 1] as number) + y
    sums[label * 3 + 2] = (sums[label * 3 + 2] as number) + 1
  })
  return Float64Array.from({ length: classes * 2 }, (_, i) => {
    const label = i >> 1
    return (sums[label * 3 + (i & 1)] as number) / (sums[label * 3 + 2] as number)
  })
}

interface Cell {
  readonly column: number
  readonly row: number
}

/** The cell with most points in it and its eight neighbours together; itself counts twice. @param counts [side, side] */
function fullest(counts: Uint32Array, side: number): Cell {
  let best = { column: 0, row: 0 }
  let most = 0
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let sum = counts[row * side + column] as number
      if (sum === 0) continue
      for (let y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
          sum += counts[y * side + x] as number
        }
      }
      if (sum <= most) continue
      most = sum
      best = { column, row }
    }
  }
  return best
}
