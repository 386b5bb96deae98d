import { describe, expect, test } from 'vitest'
import { nearest, pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { createNearestIndex } from '../../../../../src/main/engine/embedding/nearest-index.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const cloud = (count: number, size: number) => ({
  values: Random.seeded(1, 'display').normals(count * size, 1),
  count,
  size,
})

// Without a backend: what needs TensorFlow is tested in test/numeric/nearest-product.test.ts.
describe.each([
  [2, 20],
  [2, 800],
  [7, 800],
])('%i dimensions, %i points', (size, count) => {
  const gallery = cloud(count, size)

  test.each(['once', 'often'] as const)('searched %s, it answers as the plain scan', async use => {
    const index = createNearestIndex(gallery, use)
    const excludes = Int32Array.from({ length: count }, (_, i) => (i % 2 === 0 ? i : -1))
    const all = await index.batch(gallery, 9, excludes)
    excludes.forEach((exclude, i) => {
      const expected = nearest(gallery, pointAt(gallery, i), 9, exclude)
      expect(all[i]).toEqual(expected)
      expect(index.query(pointAt(gallery, i), 9, exclude)).toEqual(expected)
    })
    expect((await index.batch(gallery, 3))[5]).toEqual(nearest(gallery, pointAt(gallery, 5), 3))
    index.dispose()
  })
})

test('a gallery with points that are no numbers is answered for', () => {
  const gallery = cloud(800, 2)
  gallery.values[10] = Number.NaN
  const query = Float32Array.of(0, 0)
  expect(createNearestIndex(gallery, 'often').query(query, 9)).toEqual(nearest(gallery, query, 9))
})

test('a batch that is cancelled ends', async () => {
  const gallery = cloud(800, 2)
  const batch = createNearestIndex(gallery, 'often').batch(gallery, 9, undefined, AbortSignal.abort())
  await expect(batch).rejects.toMatchObject({ kind: 'cancelled' })
})
