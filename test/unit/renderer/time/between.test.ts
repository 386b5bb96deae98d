import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between, blend, nearestMoment } from '../../../../src/renderer/time/between.ts'

const lists = fc
  .uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 40 })
  .map(all => Int32Array.from(all).sort())

describe('between', () => {
  test('finds the moments around a time, and how far it is from the first to the second', () => {
    const iterations = Int32Array.of(0, 10, 30)
    expect(between(iterations, 5)).toEqual({ before: 0, after: 1, share: 0.5 })
    expect(between(iterations, 25)).toEqual({ before: 1, after: 2, share: 0.75 })
    expect(between(iterations, 10)).toEqual({ before: 1, after: 1, share: 0 })
    expect(between(iterations, 30)).toEqual({ before: 2, after: 2, share: 0 })
    expect(between(iterations, -4)).toEqual({ before: 0, after: 0, share: 0 })
    expect(between(Int32Array.of(7), 3)).toEqual({ before: 0, after: 0, share: 0 })
  })

  test('the nearest moment is what a look at all of them finds', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: -100, max: 5100 }), (iterations, at) => {
        const found = iterations[nearestMoment(iterations, at)] as number
        expect(Math.abs(found - at)).toBe(Math.min(...[...iterations].map(one => Math.abs(one - at))))
      }),
    )
  })
})

test('blend goes straight from place to place', () => {
  const points = (...values: number[]) => ({
    values: Float32Array.from(values),
    size: 2,
    training: 1,
    iteration: 1,
    oldestIteration: 1,
  })
  expect(blend(points(0, 0, 4, 8), points(4, 2, 0, 8), 0.25)).toEqual(Float32Array.of(1, 0.5, 3, 8))
})
