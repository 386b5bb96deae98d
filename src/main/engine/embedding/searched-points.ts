import { noClass, type Origin, originNames } from '../../../shared/contract/galleries.ts'
import type { Embedding } from './embed.ts'
import { pointAt } from './nearest.ts'

/** One gallery's points with their classes (`noClass` where unknown), [count]. */
export interface GalleryPart {
  readonly origin: Origin
  readonly embedding: Embedding
  readonly labels: Uint16Array
}

/**
 * All that one search looks through, as a single list of points, so that every way to find neighbours works on any
 * choice of galleries and classes, and ties are told apart alike: test before train before pictures, then by index.
 */
export interface SearchedPoints {
  readonly embedding: Embedding
  /** Class of each, where it is from (into `originNames`), and its index there: [count]. */
  readonly labels: Uint16Array
  readonly origins: Uint8Array
  readonly indices: Int32Array
}

/**
 * Joins galleries, without a copy where there is one and all of it counts.
 * @param classes those that count, all if left out; `noClass` is none of them
 * @param parts in the order of `originNames`
 */
export function joinParts(parts: readonly GalleryPart[], classes?: Uint16Array): SearchedPoints {
  const [only] = parts
  if (only !== undefined && parts.length === 1 && classes === undefined) {
    const { embedding, labels } = only
    return { embedding, labels, origins: originsOf(only), indices: Int32Array.from(labels, (_, i) => i) }
  }
  const wanted = classes === undefined ? undefined : new Set(classes)
  const all: SearchedPoints[] = parts.map(part => {
    const { embedding, labels } = part
    return { embedding, labels, origins: originsOf(part), indices: Int32Array.from(labels, (_, i) => i) }
  })
  return pick(all, label => wanted === undefined || wanted.has(label))
}

/** The same points but for some of them. */
export function without(points: SearchedPoints, positions: ReadonlySet<number>): SearchedPoints {
  return pick([points], (_, position) => !positions.has(position))
}

/** Where an image is in the list, or -1. */
export function positionOf({ origins, indices }: SearchedPoints, origin: Origin, index: number): number {
  const wanted = originNames.indexOf(origin)
  let [low, high] = [0, indices.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const there = origins[middle] as number
    if (there < wanted || (there === wanted && (indices[middle] as number) < index)) low = middle + 1
    else high = middle
  }
  return origins[low] === wanted && indices[low] === index ? low : -1
}

export const hasUnknown = ({ labels }: SearchedPoints): boolean => labels.includes(noClass)

const originsOf = ({ origin, labels }: GalleryPart): Uint8Array =>
  new Uint8Array(labels.length).fill(originNames.indexOf(origin))

function pick(
  all: readonly SearchedPoints[],
  counts: (label: number, position: number) => boolean,
): SearchedPoints {
  const size = all[0]?.embedding.size ?? 1
  const kept = all.map(({ labels }) => {
    return Int32Array.from(labels, (_, i) => i).filter(i => counts(labels[i] as number, i))
  })
  const count = kept.reduce((sum, { length }) => sum + length, 0)
  const values = new Float32Array(count * size)
  const labels = new Uint16Array(count)
  const origins = new Uint8Array(count)
  const indices = new Int32Array(count)
  let to = 0
  all.forEach((points, part) => {
    for (const position of kept[part] as Int32Array) {
      values.set(pointAt(points.embedding, position), to * size)
      labels[to] = points.labels[position] as number
      origins[to] = points.origins[position] as number
      indices[to] = points.indices[position] as number
      to++
    }
  })
  return { embedding: { values, count, size }, labels, origins, indices }
}
