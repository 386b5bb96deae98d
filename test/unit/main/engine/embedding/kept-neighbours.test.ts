import { describe, expect, test } from 'vitest'
import { keptNeighbours } from '../../../../../src/main/engine/embedding/kept-neighbours.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const random = (seed: number, count: number, size: number) => ({
  values: Random.seeded(seed, 'display').normals(count * size, 1),
  count,
  size,
})

/** The nearest other points by sorting all of them. */
function bruteForce(
  { values, count, size }: ReturnType<typeof random>,
  query: number,
  most: number,
): number[] {
  const distance = (i: number) => {
    let sum = 0
    for (let k = 0; k < size; k++)
      sum += ((values[i * size + k] as number) - (values[query * size + k] as number)) ** 2
    return sum
  }
  return Array.from({ length: count }, (_, i) => i)
    .filter(i => i !== query)
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, most)
}

describe('keptNeighbours', () => {
  // 600 points in the plane are enough for an index to be built.
  test.each([
    [60, 3],
    [600, 2],
  ] as const)('of %i points in %i dimensions are what brute force finds', async (count, size) => {
    const [a, b] = [random(1, count, size), random(2, count, size)]
    b.values.set(a.values.subarray(0, a.values.length / 2))
    const kept = await keptNeighbours(a, b, 7)
    expect(kept.count).toBe(7)
    for (let i = 0; i < count; i += 7) {
      const [first, second] = [bruteForce(a, i, 7), bruteForce(b, i, 7)]
      expect([...kept.first.subarray(i * 7, i * 7 + 7)]).toEqual(first)
      expect([...kept.second.subarray(i * 7, i * 7 + 7)]).toEqual(second)
      expect(kept.shares[i]).toBeCloseTo(first.filter(index => second.includes(index)).length / 7, 6)
    }
  })

  test('all are kept by the same points, and by the same points turned; fewer points have fewer neighbours', async () => {
    const a = random(3, 40, 2)
    const turned = {
      ...a,
      values: a.values.map((_, i) =>
        i % 2 === 0 ? -(a.values[i + 1] as number) : (a.values[i - 1] as number),
      ),
    }
    expect((await keptNeighbours(a, turned, 5)).shares.every(share => share === 1)).toBe(true)
    expect((await keptNeighbours(random(1, 4, 2), random(2, 4, 2), 9)).count).toBe(3)
  })

  test('can be cancelled', async () => {
    const cancel = new AbortController()
    cancel.abort()
    await expect(keptNeighbours(random(1, 50, 2), random(2, 50, 2), 5, cancel.signal)).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })
})
