import { expect, test } from 'vitest'
import { median, quantile, ratios, summarise } from '../../../bench/statistics.ts'

test('the median of an odd number of samples is the middle one, whatever their order', () => {
  expect(median([9, 1, 5])).toBe(5)
})

test('the median of an even number lies half way between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('quartiles are interpolated as NumPy does by default', () => {
  // numpy.quantile([1, 2, 3, 4], [0.25, 0.75])
  expect(summarise([4, 3, 2, 1])).toEqual({ median: 2.5, lower: 1.75, upper: 3.25 })
})

test('the ends are the smallest and the largest sample', () => {
  expect([quantile([3, 1, 2], 0), quantile([3, 1, 2], 1)]).toEqual([1, 3])
})

test('one sample is all of its own quantiles', () => {
  expect(summarise([7])).toEqual({ median: 7, lower: 7, upper: 7 })
})

test('samples are left in their order', () => {
  const samples = [3, 1, 2]
  median(samples)
  expect(samples).toEqual([3, 1, 2])
})

test('without samples there is no median', () => {
  expect(median([])).toBeNaN()
})

test('a ratio is taken within a round, so that a slow moment of the machine falls out', () => {
  // The second round met a machine half as fast.
  expect(ratios([10, 20, 10], [20, 40, 20])).toEqual([0.5, 0.5, 0.5])
})

test('rounds that do not belong together are refused', () => {
  expect(() => ratios([1, 2], [1])).toThrow('2 rounds cannot be compared with 1.')
})
