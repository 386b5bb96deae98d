import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlanarIndex } from '../../../../../src/main/engine/embedding/nearest.planar.ts'
import { nearest, pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { searches } from '../../../../support/galleries.ts'

/** Points of one normal cloud in the plane. */
const cloud = (count: number) => ({
  values: Random.seeded(1, 'display').normals(2 * count, 1),
  count,
  size: 2,
})

describe('PlanarIndex', () => {
  test('equals the plain scan to the last bit', () => {
    fc.assert(
      fc.property(searches([2], 600), ({ gallery, queries, count, excludes }) => {
        const index = new PlanarIndex(gallery)
        excludes.forEach((exclude, i) => {
          const query = pointAt(queries, i)
          expect(index.query(query, count, exclude)).toEqual(nearest(gallery, query, count, exclude))
        })
      }),
    )
  })

  test('scans nothing where no distances are tied', () => {
    const gallery = cloud(5000)
    const index = new PlanarIndex(gallery)
    for (let i = 0; i < 200; i++) index.query(pointAt(gallery, i), 9, i)
    expect(index.scans).toBe(0)
  })

  test('copies are told apart by index without a scan, unless they reach beyond the list', () => {
    const half = cloud(1000)
    const gallery = { values: Float32Array.of(...half.values, ...half.values), count: 2000, size: 2 }
    const index = new PlanarIndex(gallery)
    expect([...index.query(pointAt(gallery, 5), 2).indices]).toEqual([5, 1005])
    expect(index.scans).toBe(0)
    expect([...index.query(pointAt(gallery, 5), 1).indices]).toEqual([5])
    expect(index.scans).toBe(1)
  })

  test('a query that is nowhere is answered as by the plain scan', () => {
    const gallery = cloud(50)
    for (const query of [Float32Array.of(Number.NaN, 0), Float32Array.of(0, Number.NEGATIVE_INFINITY)]) {
      expect(new PlanarIndex(gallery).query(query, 3)).toEqual(nearest(gallery, query, 3))
    }
  })
})
