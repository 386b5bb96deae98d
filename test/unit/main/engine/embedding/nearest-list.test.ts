import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NearestList } from '../../../../../src/main/engine/embedding/nearest-list.ts'

const distances = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)), {
  maxLength: 40,
})

test('keeps the nearest whatever order they are offered in, equal distances by index, NaN last', () => {
  fc.assert(
    fc.property(distances, fc.integer({ min: 0, max: 50 }), fc.nat(), (offered, most, seed) => {
      const square = (index: number): number => {
        const there = offered[index] as number
        return Number.isNaN(there) ? Number.POSITIVE_INFINITY : there
      }
      const indices = offered.map((_, index) => index)
      const expected = indices.toSorted((a, b) => Math.sign(square(a) - square(b)) || a - b).slice(0, most)
      const list = new NearestList(most)
      const shuffled = indices.toSorted((a, b) => ((a * 7919 + seed) % 41) - ((b * 7919 + seed) % 41))
      for (const index of shuffled) list.offer(index, offered[index] as number)
      const found = list.neighbours()
      expect([...found.indices]).toEqual(expected)
      expect([...found.distances]).toEqual(expected.map(index => Math.sqrt(square(index))))
    }),
  )
})

test('tells how far a point may be to be worth offering', () => {
  const list = new NearestList(2)
  list.offer(0, 4)
  expect(list.worst).toBe(Number.POSITIVE_INFINITY)
  list.offer(1, 1)
  expect(list.worst).toBe(4)
  list.offer(2, 3)
  expect(list.worst).toBe(3)
  expect(new NearestList(0).worst).toBe(Number.NEGATIVE_INFINITY)
})
