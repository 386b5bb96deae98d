import type { Embedding } from './embed.ts'
import type { Neighbours } from './nearest.ts'
import { createNearestIndex } from './nearest-index.ts'

/**
 * The nearest points of a gallery to each of many, without holding the thread for long.
 * @param queries `others` than the gallery's, or the gallery `themselves`: each is then left out for itself
 * @throws cancelled
 */
export async function nearestOfEach(
  gallery: Embedding,
  points: Embedding,
  count: number,
  queries: 'others' | 'themselves',
  signal?: AbortSignal,
): Promise<Neighbours[]> {
  const excludes =
    queries === 'themselves' ? Int32Array.from({ length: points.count }, (_, i) => i) : undefined
  const index = createNearestIndex(gallery, 'often')
  try {
    return await index.batch(points, count, excludes, signal)
  } finally {
    index.dispose()
  }
}
