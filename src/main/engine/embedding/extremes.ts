import { noClass } from '../../../shared/contract/galleries.ts'
import { squaredDistance } from './nearest.ts'
import type { SearchedPoints } from './searched-points.ts'

/** A position in the searched points and its distance. */
export interface Extreme {
  readonly position: number
  readonly distance: number
}

/**
 * The nearest point of another class and the farthest of one's own, in one scan; of equals the first. What has no class is
 * neither.
 * @param label the query's class
 * @param left positions that do not count
 */
export function extremes(
  points: SearchedPoints,
  query: Float32Array,
  label: number,
  left: ReadonlySet<number>,
): { nearestOther: Extreme | null; farthestOwn: Extreme | null } {
  let [other, otherSquare] = [-1, Number.POSITIVE_INFINITY]
  let [own, ownSquare] = [-1, Number.NEGATIVE_INFINITY]
  const { embedding, labels } = points
  for (let position = 0; position < embedding.count; position++) {
    const theirs = labels[position] as number
    if (theirs === noClass || left.has(position)) continue
    const square = squaredDistance(embedding, position, query)
    if (theirs !== label && square < otherSquare) {
      other = position
      otherSquare = square
    } else if (theirs === label && square > ownSquare) {
      own = position
      ownSquare = square
    }
  }
  const toExtreme = (position: number, square: number): Extreme | null =>
    position < 0 ? null : { position, distance: Math.sqrt(square) }
  return { nearestOther: toExtreme(other, otherSquare), farthestOwn: toExtreme(own, ownSquare) }
}
