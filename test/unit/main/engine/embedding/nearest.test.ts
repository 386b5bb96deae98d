import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearest } from '../../../../../src/main/engine/embedding/nearest.ts'

/** Few distinct values, so that equal distances occur. */
const gallery = fc.integer({ min: 1, max: 4 }).chain(size =>
  fc.record({
    size: fc.constant(size),
    points: fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size }), {
      minLength: 1,
      maxLength: 60,
    }),
    query: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size }),
    count: fc.integer({ min: 1, max: 70 }),
    exclude: fc.integer({ min: -1, max: 59 }),
  }),
)

describe('nearest', () => {
  test('equals sorting the whole gallery, equal distances by index', () => {
    fc.assert(
      fc.property(gallery, ({ size, points, query, count, exclude }) => {
        const expected = points
          .map((point, index) => ({
            index,
            distance: Math.sqrt(point.reduce((sum, x, i) => sum + (x - (query[i] as number)) ** 2, 0)),
          }))
          .filter(({ index }) => index !== exclude)
          .sort((a, b) => a.distance - b.distance || a.index - b.index)
          .slice(0, count)
        const values = Float32Array.from(points.flat())
        const found = nearest(
          { values, count: points.length, size },
          Float32Array.from(query),
          count,
          exclude,
        )
        expect([...found.indices]).toEqual(expected.map(({ index }) => index))
        found.distances.forEach((distance, i) => {
          expect(distance).toBeCloseTo((expected[i] as { distance: number }).distance, 9)
        })
      }),
      { numRuns: 500 },
    )
  })

  test('a gallery of only the query itself gives nothing', () => {
    const found = nearest({ values: Float32Array.of(1, 2), count: 1, size: 2 }, Float32Array.of(1, 2), 9, 0)
    expect(found.indices).toHaveLength(0)
  })
})
