import type { Embedding } from './embed.ts'
import { createNearestIndex } from './nearest-index.ts'

/** Which neighbours points keep from one embedding to another of the same images. */
export interface KeptNeighbours {
  /** How many neighbours were looked for: `count`, or fewer where there are fewer points. */
  readonly count: number
  /** Each point's nearest in the first and in the second embedding, nearest first: [points, count]. */
  readonly first: Int32Array
  readonly second: Int32Array
  /** Share of each point's neighbours that are the same in both, [points]. */
  readonly shares: Float32Array
}

/**
 * The neighbourhood of every point in both embeddings, and how much of it they have in common; order does not matter.
 * (Neighbourhood preservation; Venna and Kaski, Neural Networks 14, 2001, weigh what is missed by rank on top.)
 * @throws cancelled
 */
export async function keptNeighbours(
  a: Embedding,
  b: Embedding,
  most: number,
  signal?: AbortSignal,
): Promise<KeptNeighbours> {
  const count = Math.min(most, a.count - 1)
  const first = await neighboursOf(a, count, signal)
  const second = await neighboursOf(b, count, signal)
  const shares = new Float32Array(a.count)
  for (let i = 0; i < a.count; i++) {
    const before = new Set(first.subarray(i * count, (i + 1) * count))
    let kept = 0
    for (const index of second.subarray(i * count, (i + 1) * count)) if (before.has(index)) kept++
    shares[i] = count === 0 ? 1 : kept / count
  }
  return { count, first, second, shares }
}

async function neighboursOf(points: Embedding, count: number, signal?: AbortSignal): Promise<Int32Array> {
  const found = new Int32Array(points.count * count)
  const index = createNearestIndex(points, 'often')
  try {
    const own = Int32Array.from({ length: points.count }, (_, i) => i)
    const each = await index.batch(points, count, own, signal)
    each.forEach(({ indices }, i) => {
      found.set(indices, i * count)
    })
  } finally {
    index.dispose()
  }
  return found
}
