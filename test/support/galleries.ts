import fc from 'fast-check'
import type { Embedding } from '../../src/main/engine/embedding/embed.ts'
import { Random } from '../../src/main/engine/twin/random.ts'

/** A gallery, points to ask for and how. */
export interface Search {
  readonly gallery: Embedding
  readonly queries: Embedding
  readonly count: number
  /** [queries.count], each a gallery index or -1 */
  readonly excludes: Int32Array
}

/** How the points lie: what an index may trip over. */
const kinds = ['spread', 'few places', 'one place', 'far off', 'a line', 'tiny'] as const

/**
 * Searches of galleries with ties and duplicates, all points at one place, far from the origin, huge and tiny; queries
 * among the points and beside them; more neighbours asked for than there are.
 */
export function searches(sizes: readonly number[], mostPoints: number): fc.Arbitrary<Search> {
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      size: fc.constantFrom(...sizes),
      points: fc.integer({ min: 1, max: mostPoints }),
      count: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 100 })),
      seed: fc.nat(),
    })
    .map(({ kind, size, points, count, seed }) => {
      const random = Random.seeded(seed, 'display')
      const gallery = { values: coordinates(kind, points * size, size, random), count: points, size }
      const own = Int32Array.from({ length: 5 }, () => random.below(points))
      const values = new Float32Array(10 * size)
      own.forEach((index, i) => {
        values.set(gallery.values.subarray(index * size, (index + 1) * size), i * size)
      })
      values.set(coordinates(kind, 5 * size, size, random), 5 * size)
      const excludes = Int32Array.from(
        { length: 10 },
        (_, i) => own[i] ?? (i < 8 ? -1 : random.below(points)),
      )
      return { gallery, queries: { values, count: 10, size }, count, excludes }
    })
}

function coordinates(
  kind: (typeof kinds)[number],
  length: number,
  size: number,
  random: Random,
): Float32Array {
  const normals = random.normals(length, 1)
  switch (kind) {
    case 'spread':
      return normals
    case 'few places':
      return normals.map(x => Math.round(x))
    case 'one place':
      return normals.fill(0.3)
    case 'far off':
      return normals.map(x => 1000 + x / 1000)
    case 'a line':
      return normals.map((_, i) => (i % size === 0 ? random.below(50) : 7))
    case 'tiny':
      return normals.map(x => x * 1e-30)
    default:
      return kind satisfies never
  }
}
