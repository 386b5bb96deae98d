import type { Points } from '../../shared/contract.ts'

/** The neighbours of a time among kept moments, and how far it is from the first to the second, from 0 to 1. */
export interface Between {
  /** Places in the list. */
  readonly before: number
  readonly after: number
  readonly share: number
}

/** @param iterations ascending, not empty; a time outside of them is at their end */
export function between(iterations: Int32Array, at: number): Between {
  let [low, high] = [0, iterations.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((iterations[middle] as number) <= at) low = middle
    else high = middle
  }
  const [from, to] = [iterations[low] as number, iterations[high] as number]
  if (at >= to) return { before: high, after: high, share: 0 }
  if (at <= from) return { before: low, after: low, share: 0 }
  return { before: low, after: high, share: (at - from) / (to - from) }
}

/** Place in the list of the kept moment that is nearest to an iteration. */
export function nearestMoment(iterations: Int32Array, at: number): number {
  const { before, after, share } = between(iterations, at)
  return share < 0.5 ? before : after
}

/** Every point on the straight way from one moment's place to another's: another array each time, for what is drawn never changes. */
export function blend(from: Points, to: Points, share: number): Float32Array {
  const [a, b] = [from.values, to.values]
  const into = new Float32Array(a.length)
  for (let i = 0; i < into.length; i++) {
    const start = a[i] as number
    into[i] = start + ((b[i] as number) - start) * share
  }
  return into
}
