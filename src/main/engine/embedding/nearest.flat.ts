import type { Embedding } from './embed.ts'
import { mostFound, type Neighbours } from './nearest.ts'
import { NearestList } from './nearest-list.ts'

/** Dimensions summed between two looks at whether the point is too far already (measured: 8 to 32 are alike). */
const block = 16

/**
 * `nearest`, in fewer sums: a point is left as soon as the sum of its first squares is beyond the last place. A sum of
 * squares never falls, rounded or not, so nothing that belongs in the list is left. Of 60,000 points of 64 dimensions
 * in ten clusters that takes a third of the plain scan's time.
 */
export function nearestFlat(
  gallery: Embedding,
  query: Float32Array,
  count: number,
  exclude = -1,
): Neighbours {
  const { values, size } = gallery
  const list = new NearestList(mostFound(gallery, count, exclude))
  let worst = list.worst
  for (let index = 0, at = 0; index < gallery.count; index++, at += size) {
    let sum = 0
    for (let i = 0; i < size && !(sum > worst); ) {
      const end = Math.min(i + block, size)
      for (; i < end; i++) {
        const difference = (values[at + i] as number) - (query[i] as number)
        sum += difference * difference
      }
    }
    // Not "<=": a sum that is no number must be offered, to count as infinite.
    if (sum > worst || index === exclude) continue
    list.offer(index, sum)
    worst = list.worst
  }
  return list.neighbours()
}
