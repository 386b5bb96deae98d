import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestFlat } from '../../../../../src/main/engine/embedding/nearest.flat.ts'
import { nearest, pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { searches } from '../../../../support/galleries.ts'

test('equals the plain scan to the last bit', () => {
  fc.assert(
    fc.property(searches([1, 2, 3, 16, 17, 64], 300), ({ gallery, queries, count, excludes }) => {
      excludes.forEach((exclude, i) => {
        const query = pointAt(queries, i)
        expect(nearestFlat(gallery, query, count, exclude)).toEqual(nearest(gallery, query, count, exclude))
      })
    }),
  )
})

test('points that are no numbers come last, as in the plain scan', () => {
  const values = Float32Array.of(Number.NaN, 3, Number.POSITIVE_INFINITY, 1, Number.NaN, 2)
  const gallery = { values, count: 6, size: 1 }
  for (const count of [2, 4, 6]) {
    const found = nearestFlat(gallery, Float32Array.of(0), count)
    expect(found).toEqual(nearest(gallery, Float32Array.of(0), count))
    expect([...found.indices]).toEqual([3, 5, 1, 0, 2, 4].slice(0, count))
  }
})
