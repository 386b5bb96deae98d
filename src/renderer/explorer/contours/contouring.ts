import { contours } from 'd3-contour'

export interface ContourAsk {
  readonly id: number
  readonly columns: number
  readonly rows: number
  /** [groups, rows, columns] */
  readonly counts: Float32Array
}

/** Lines of equal density, in cells of the grid; each closes. */
export interface ContourLines {
  readonly id: number
  /** [points, 2] */
  readonly points: Float32Array
  /** Where each line begins, and the end: [lines + 1]. */
  readonly starts: Uint32Array
  /** [lines] */
  readonly groups: Uint16Array
}

/** Width of the bell that every point is spread with, cells. */
const spread = 2
/** Densities that lines are drawn at, as shares of the group's highest. */
const levels = [0.08, 0.25, 0.5, 0.75] as const

/** Spreads every point with a bell and traces the lines of equal density (marching squares, d3-contour). */
export function contoursOf({ id, columns, rows, counts }: ContourAsk): ContourLines {
  const points: number[] = []
  const starts = [0]
  const groups: number[] = []
  const trace = contours().size([columns, rows])
  for (let group = 0; (group + 1) * columns * rows <= counts.length; group++) {
    const cells = counts.subarray(group * columns * rows, (group + 1) * columns * rows)
    const density = Array.from(blur(cells, columns, rows))
    const highest = density.reduce((most, value) => Math.max(most, value), 0)
    if (highest === 0) continue
    for (const level of levels) {
      for (const polygon of trace.contour(density, level * highest).coordinates) {
        for (const ring of polygon) {
          for (const [x, y] of ring) points.push(x as number, y as number)
          starts.push(points.length / 2)
          groups.push(group)
        }
      }
    }
  }
  return {
    id,
    points: Float32Array.from(points),
    starts: Uint32Array.from(starts),
    groups: Uint16Array.from(groups),
  }
}

/** A Gaussian bell along rows, then along columns. Beyond the grid there is nothing. @param cells [rows, columns] */
export function blur(cells: Float32Array, columns: number, rows: number): Float32Array {
  const reach = Math.ceil(3 * spread)
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-(((i - reach) / spread) ** 2) / 2))
  const whole = bell.reduce((sum, value) => sum + value, 0)
  const along = (from: Float32Array, length: number, step: number, others: number, stride: number) => {
    const to = new Float32Array(from.length)
    for (let other = 0; other < others; other++) {
      for (let i = 0; i < length; i++) {
        const value = from[other * stride + i * step] as number
        if (value === 0) continue
        const [first, last] = [Math.max(0, i - reach), Math.min(length - 1, i + reach)]
        for (let k = first; k <= last; k++) {
          const at = other * stride + k * step
          to[at] = (to[at] as number) + (value * (bell[k - i + reach] as number)) / whole
        }
      }
    }
    return to
  }
  return along(along(cells, columns, 1, rows, columns), rows, columns, columns, 1)
}
