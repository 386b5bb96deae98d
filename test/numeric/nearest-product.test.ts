import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Embedding } from '../../src/main/engine/embedding/embed.ts'
import { ProductIndex } from '../../src/main/engine/embedding/nearest.product.ts'
import { nearest, pointAt } from '../../src/main/engine/embedding/nearest.ts'
import { createNearestIndex } from '../../src/main/engine/embedding/nearest-index.ts'
import { measureQuality } from '../../src/main/engine/embedding/quality.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { searches } from '../support/galleries.ts'

/** Ten clusters, as embeddings are. */
function clusters(count: number, size: number, seed: number): Embedding & { labels: Uint16Array } {
  const random = Random.seeded(seed, 'display')
  const centres = Random.seeded(1, 'weights').normals(10 * size, 1)
  const values = random.normals(count * size, 0.5)
  const labels = Uint16Array.from({ length: count }, () => random.below(10))
  for (let at = 0; at < values.length; at++) {
    const label = labels[Math.floor(at / size)] as number
    values[at] = (values[at] as number) + (centres[label * size + (at % size)] as number)
  }
  return { values, count, size, labels }
}

describe.skipIf(availableBackends(['native']).length === 0)('ProductIndex', () => {
  beforeAll(() => useBackend('native'))

  test('equals the plain scan to the last bit', async () => {
    await fc.assert(
      fc.asyncProperty(
        searches([1, 2, 3, 64], 2000),
        fc.boolean(),
        async ({ gallery, queries, count, excludes }, excluding) => {
          const index = new ProductIndex(gallery)
          const all = await index.batch(queries, count, excluding ? excludes : undefined)
          excludes.forEach((exclude, i) => {
            const query = pointAt(queries, i)
            expect(all[i]).toEqual(nearest(gallery, query, count, excluding ? exclude : -1))
            expect(index.query(query, count, exclude)).toEqual(nearest(gallery, query, count, exclude))
          })
          index.dispose()
        },
      ),
    )
  })

  test('of 70,000 points in two tiles it measures few again and scans none', async () => {
    const gallery = clusters(70_000, 64, 1)
    const queries = clusters(60, 64, 2)
    const index = new ProductIndex(gallery)
    const all = await index.batch(queries, 9)
    all.forEach((found, i) => {
      expect(found).toEqual(nearest(gallery, pointAt(queries, i), 9))
    })
    expect(index.scans).toBe(0)
    expect(index.measured).toBeGreaterThanOrEqual(60 * 9)
    expect(index.measured).toBeLessThan(60 * 9 * 1.2)
    index.dispose()
  })

  test('many tied points are scanned for, rather than guessed', () => {
    const gallery = { values: new Float32Array(5000 * 3).fill(2), count: 5000, size: 3 }
    const index = new ProductIndex(gallery)
    expect([...index.query(Float32Array.of(2, 2, 2), 4, 1).indices]).toEqual([0, 2, 3, 4])
    expect(index.scans).toBe(1)
    index.dispose()
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e30])(
    'a value of %d in the gallery or the query',
    odd => {
      const gallery = clusters(1000, 5, 1)
      const query = pointAt(gallery, 3).slice()
      gallery.values[77] = odd
      const index = new ProductIndex(gallery)
      expect(index.query(query, 9)).toEqual(nearest(gallery, query, 9))
      const other = new ProductIndex(clusters(1000, 5, 1))
      query[2] = odd
      expect(other.query(query, 9)).toEqual(nearest(clusters(1000, 5, 1), query, 9))
      for (const one of [index, other]) one.dispose()
    },
  )

  test('points so far out that their squares leave 32 bits are measured all the same', () => {
    const values = Float32Array.of(-1.325e19, -1.325e19, 2.65e19)
    const index = new ProductIndex({ values, count: 3, size: 1 })
    expect([...index.query(Float32Array.of(1e19), 1).indices]).toEqual([2])
    index.dispose()
  })

  test('gives back all its tensors', async () => {
    const before = tf.memory().numTensors
    const gallery = clusters(2000, 8, 1)
    const index = createNearestIndex(gallery, 'often')
    index.query(pointAt(gallery, 1), 9)
    await index.batch(gallery, 9)
    const aborted = index.batch(gallery, 9, undefined, AbortSignal.abort())
    await expect(aborted).rejects.toMatchObject({ kind: 'cancelled' })
    index.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test.each([2, 16])('quality over 5,000 x 5,000 in %i dimensions equals the plain scan', async size => {
    const [train, tests] = [clusters(5000, size, 1), clusters(5000, size, 2)]
    let correct = 0
    let relevant = 0
    tests.labels.forEach((label, i) => {
      const query = pointAt(tests, i)
      const votes = [...nearest(train, query, 5).indices].map(index => train.labels[index] as number)
      const frequency = (wanted: number): number => votes.filter(vote => vote === wanted).length
      const most = Math.max(...votes.map(frequency))
      if (votes.find(vote => frequency(vote) === most) === label) correct++
      for (const index of nearest(tests, query, 9, i).indices) if (tests.labels[index] === label) relevant++
    })
    const { knnAccuracy, precisionAt9 } = await measureQuality(
      { embedding: train, labels: train.labels },
      { embedding: tests, labels: tests.labels },
      1,
    )
    expect({ knnAccuracy, precisionAt9 }).toEqual({
      knnAccuracy: correct / 5000,
      precisionAt9: relevant / 45_000,
    })
  })
})
