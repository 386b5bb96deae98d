import { expect, test } from 'vitest'
import { thinned, trendAtEnd } from '../../../../src/renderer/quality/trend.ts'

test('the line through the last part, and nothing of what was before', () => {
  const iterations = Array.from({ length: 101 }, (_, i) => i * 10)
  const values = iterations.map(i => (i < 600 ? 1000 : 5 - i / 1000))
  const trend = trendAtEnd(iterations, values)
  expect(trend).toMatchObject({ firstIteration: 600, lastIteration: 1000 })
  expect(trend?.from).toBeCloseTo(4.4, 9)
  expect(trend?.to).toBeCloseTo(4, 9)
  expect(trend?.certainty).toBeGreaterThan(1e3)
})

test('points to and fro around a level are no certain trend', () => {
  const iterations = Array.from({ length: 50 }, (_, i) => i)
  expect(
    trendAtEnd(
      iterations,
      iterations.map(i => i % 2),
    )?.certainty,
  ).toBeLessThan(1)
})

test('too few points are none', () => {
  expect(trendAtEnd([1, 2, 3], [1, 2, 3])).toBeNull()
  expect(trendAtEnd([1, 2, 3, 1000], [1, 2, 3, 4])).toBeNull()
})

test('thinned losses are the means of equal parts', () => {
  const { iterations, values } = thinned(10, i => i, 3)
  expect(iterations).toEqual([4, 8, 10])
  expect(values).toEqual([2.5, 6.5, 9.5])
})
