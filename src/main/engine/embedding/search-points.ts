import {
  type Found,
  type FoundNeighbours,
  type Hit,
  noClass,
  type Origin,
  originNames,
} from '../../../shared/contract.ts'
import { type Extreme, extremes } from './extremes.ts'
import { majority } from './majority.ts'
import { nearestFlat } from './nearest.flat.ts'
import type { Neighbours } from './nearest.ts'
import type { NearestIndex } from './nearest-index.ts'
import type { SameProbability } from './same-probability.ts'
import { positionOf, type SearchedPoints, without } from './searched-points.ts'

/** A choice of points and what finds neighbours among them. */
export interface SearchView {
  readonly points: SearchedPoints
  readonly index: NearestIndex
}

/** What is looked for. */
export interface SearchQuery {
  readonly point: Float32Array
  /** Its class, or `noClass`. */
  readonly label: number
  /** The images that it is: they do not count as neighbours. */
  readonly itself: { readonly origin: Origin; readonly indices: Int32Array } | null
}

/** Choices of points of one gallery. */
export interface SearchViewsOfGallery {
  /** Those that may be neighbours. */
  readonly wanted: SearchView
  readonly all: SearchView
  /** Those whose class is known. */
  readonly labelled: SearchView
}

export type PointsFound = Pick<Found, 'neighbours' | 'class' | 'nearestOther' | 'farthestOwn'>

/** As 5-NN accuracy counts. */
const classNeighbours = 5

/** Neighbours of a query with all that is said of them. Exact. */
export function searchPoints(
  { wanted, all, labelled }: SearchViewsOfGallery,
  query: SearchQuery,
  count: number,
  same: SameProbability | undefined,
): PointsFound {
  const { points, found } = nearestIn(wanted, query, count)
  const neighbours = describe(points, found, same)
  const label = query.label === noClass ? guess(labelled, query) : query.label
  if (label === noClass) return { neighbours, class: null, nearestOther: null, farthestOwn: null }
  const { nearestOther, farthestOwn } = extremes(
    all.points,
    query.point,
    label,
    positionsOf(all.points, query),
  )
  return {
    neighbours,
    class: { label, known: query.label !== noClass },
    nearestOther: toHit(all.points, nearestOther, same),
    farthestOwn: toHit(all.points, farthestOwn, same),
  }
}

/** A single image left out is the index's to leave out; for several, the others are scanned. */
function nearestIn(
  { points, index }: SearchView,
  query: SearchQuery,
  count: number,
): { points: SearchedPoints; found: Neighbours } {
  const left = positionsOf(points, query)
  const [itself = -1] = left
  if (left.size < 2) return { points, found: index.query(query.point, count, itself) }
  const others = without(points, left)
  return { points: others, found: nearestFlat(others.embedding, query.point, count) }
}

function positionsOf(points: SearchedPoints, { itself }: SearchQuery): ReadonlySet<number> {
  const positions = new Set<number>()
  if (itself === null) return positions
  for (const index of itself.indices) positions.add(positionOf(points, itself.origin, index))
  positions.delete(-1)
  return positions
}

function guess(labelled: SearchView, query: SearchQuery): number {
  const { points, found } = nearestIn(labelled, query, classNeighbours)
  return found.indices.length === 0 ? noClass : majority(points.labels, found.indices)
}

function describe(
  { labels, origins, indices }: SearchedPoints,
  { indices: positions, distances }: Neighbours,
  same: SameProbability | undefined,
): FoundNeighbours {
  return {
    indices: positions.map(position => indices[position] as number),
    distances,
    origins: Uint8Array.from(positions, position => origins[position] as number),
    labels: Uint16Array.from(positions, position => labels[position] as number),
    same: distances.map(distance => same?.at(distance) ?? Number.NaN),
  }
}

function toHit(
  { labels, origins, indices }: SearchedPoints,
  extreme: Extreme | null,
  same: SameProbability | undefined,
): Hit | null {
  if (extreme === null) return null
  const { position, distance } = extreme
  return {
    origin: originNames[origins[position] as number] as Origin,
    index: indices[position] as number,
    distance,
    label: labels[position] as number,
    same: same?.at(distance) ?? null,
  }
}
