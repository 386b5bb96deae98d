import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { chiSquared } from '../../../../support/statistics.ts'

describe('Random', () => {
  test('is xoshiro128**: from the state 1, 2, 3, 4 it gives the published sequence', () => {
    const random = Random.restored(Int32Array.of(1, 2, 3, 4))
    const drawn = Array.from({ length: 10 }, () => random.uint32())
    // Made with an independent transcription of the authors' C code into Python.
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  test('the same seed and purpose give the same numbers, another seed or purpose others', () => {
    const first = (seed: number, purpose: 'weights' | 'pairs'): number[] => {
      const random = Random.seeded(seed, purpose)
      return Array.from({ length: 4 }, () => random.uint32())
    }
    expect(first(1, 'pairs')).toEqual(first(1, 'pairs'))
    expect(first(1, 'pairs')).not.toEqual(first(2, 'pairs'))
    expect(first(1, 'pairs')).not.toEqual(first(1, 'weights'))
    expect(new Set(first(0, 'pairs')).size).toBe(4)
  })

  test('goes on exactly where its state was taken', () => {
    const random = Random.seeded(5, 'pairs')
    random.uniform()
    const again = Random.restored(random.state())
    expect(Array.from({ length: 20 }, () => again.uniform())).toEqual(
      Array.from({ length: 20 }, () => random.uniform()),
    )
  })

  test('below(n) is uniform over 0 .. n - 1', () => {
    const random = Random.seeded(3, 'pairs')
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++
    // 99.9th percentile of chi-squared with 6 degrees of freedom.
    expect(chiSquared(counts, new Array(7).fill(10_000))).toBeLessThan(22.46)
  })

  test('normals have the mean, deviation and kurtosis of a normal distribution', () => {
    const values = Random.seeded(1, 'weights').normals(200_001, 2)
    expect(values).toHaveLength(200_001)
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    const moment = (power: number): number =>
      values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length
    expect(mean).toBeCloseTo(0, 1)
    expect(moment(2)).toBeCloseTo(4, 1)
    expect(moment(4) / moment(2) ** 2).toBeCloseTo(3, 1)
  })

  test('a sample holds different numbers, all below n', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 80 }),
        fc.nat(),
        (n, count, seed) => {
          const drawn = Random.seeded(seed, 'display').sample(n, count)
          expect(drawn).toHaveLength(Math.min(n, count))
          expect(new Set(drawn).size).toBe(drawn.length)
          expect(drawn.every(i => i >= 0 && i < n)).toBe(true)
        },
      ),
    )
  })
})
