import { beforeAll, describe, expect, test } from 'vitest'
import { pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { allPairs, bestPairs } from '../../../../../src/main/engine/embedding/verify-points.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'

beforeAll(() => useBackend('cpu'))

const points = (count: number, seed: number) => ({
  values: Random.seeded(seed, 'display').normals(count * 3, 1),
  count,
  size: 3,
})
const [first, second] = [points(13, 1), points(7, 2)]
const apart = (a: number, b: number): number => {
  const other = pointAt(second, b)
  return Math.hypot(...pointAt(first, a).map((value, d) => value - (other[d] as number)))
}

describe('pairs of two galleries', () => {
  test('all of them, each once, nearest first', async () => {
    const pairs = await allPairs(first, second)
    expect(pairs.distances).toHaveLength(91)
    expect(new Set(pairs.first.map((a, i) => a * 7 + (pairs.second[i] as number))).size).toBe(91)
    expect([...pairs.distances]).toEqual([...pairs.distances].sort((a, b) => a - b))
    pairs.distances.forEach((distance, i) => {
      expect(distance).toBeCloseTo(apart(pairs.first[i] as number, pairs.second[i] as number), 5)
    })
  })

  test('the best of each of the first', async () => {
    const pairs = await bestPairs(first, second)
    expect([...pairs.first].sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, i) => i))
    pairs.first.forEach((a, i) => {
      const distances = Array.from({ length: 7 }, (_, b) => apart(a, b))
      expect(pairs.distances[i]).toBeCloseTo(Math.min(...distances), 5)
      expect(pairs.second[i]).toBe(distances.indexOf(Math.min(...distances)))
    })
  })

  test('none where one is empty', async () => {
    expect((await bestPairs(first, points(0, 1))).distances).toHaveLength(0)
    expect((await allPairs(points(0, 1), second)).distances).toHaveLength(0)
  })

  test('are cancelled', async () => {
    await expect(allPairs(first, second, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
