/** A straight line through the last part of a series, by least squares. */
export interface Trend {
  /** Of the line's first and last point. */
  readonly from: number
  readonly to: number
  readonly firstIteration: number
  readonly lastIteration: number
  /** The slope in standard errors: how far it is from noise. Infinite where all points lie on the line. */
  readonly certainty: number
}

/** Share of the iterations that count as the end; and as many points at least. */
const endShare = 0.4
const fewest = 4
/** Where those many reach back farther than this, it is not the end that they tell of. */
const farthestBack = 0.7

/** @returns null where there are too few points for a line to mean anything */
export function trendAtEnd(iterations: ArrayLike<number>, values: ArrayLike<number>): Trend | null {
  const count = iterations.length
  const last = iterations[count - 1] ?? 0
  let start = Math.max(0, count - fewest)
  while (start > 0 && (iterations[start - 1] as number) >= (1 - endShare) * last) start--
  const points = Array.from({ length: count - start }, (_, i) => ({
    x: iterations[start + i] as number,
    y: values[start + i] as number,
  })).filter(({ y }) => Number.isFinite(y))
  const n = points.length
  const first = points[0]?.x ?? 0
  if (n < fewest || first === last || first < (1 - farthestBack) * last) return null
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n
  const xx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const xy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  const slope = xy / xx
  const at = (x: number): number => meanY + slope * (x - meanX)
  const rest = points.reduce((sum, { x, y }) => sum + (y - at(x)) ** 2, 0)
  const error = Math.sqrt(rest / (n - 2) / xx)
  const certainty = slope === 0 ? 0 : Math.abs(slope) / error
  return { from: at(first), to: at(last), firstIteration: first, lastIteration: last, certainty }
}

/** Means of so many iterations each, so that a million losses make a short series: [the last of each, mean]. */
export function thinned(
  count: number,
  at: (iteration: number) => number,
  most: number,
): { iterations: number[]; values: number[] } {
  const step = Math.max(1, Math.ceil(count / most))
  const iterations: number[] = []
  const values: number[] = []
  for (let from = 1; from <= count; from += step) {
    const to = Math.min(count, from + step - 1)
    let sum = 0
    for (let i = from; i <= to; i++) sum += at(i)
    iterations.push(to)
    values.push(sum / (to - from + 1))
  }
  return { iterations, values }
}
