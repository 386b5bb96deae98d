import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClassBatchSampler, sharesOf } from '../../../../../../src/main/engine/twin/objective/class-batch.ts'
import { Random } from '../../../../../../src/main/engine/twin/random.ts'

const labelsOf = (counts: readonly number[]): Uint16Array =>
  Uint16Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)))

describe('a batch that has its classes alike', () => {
  test('is of so many images of each, class after class, none twice where there are enough', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 1000 }),
        (counts, size, seed) => {
          const labels = labelsOf(counts)
          const { classes, each } = sharesOf(size, counts.length)
          const batch = new ClassBatchSampler(labels, Random.seeded(seed, 'pairs')).draw(size)
          expect(batch.indices).toHaveLength(classes * each)
          const seen = new Set<number>()
          for (let c = 0; c < classes; c++) {
            const label = batch.labels[c * each] as number
            expect(seen.has(label)).toBe(false)
            seen.add(label)
            const own = batch.indices.slice(c * each, (c + 1) * each)
            expect(own.every(index => labels[index] === label)).toBe(true)
            expect(new Set(own).size).toBe(Math.min(each, counts[label] as number))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('stays at its size with 10,000 classes', () => {
    const labels = Uint16Array.from({ length: 20_000 }, (_, i) => i % 10_000)
    const batch = new ClassBatchSampler(labels, Random.seeded(1, 'pairs')).draw(360)
    expect(batch.indices).toHaveLength(360)
    expect(new Set(batch.labels).size).toBe(180)
  })

  test('has every class and every image alike often', () => {
    const labels = labelsOf([4, 8, 2])
    const sampler = new ClassBatchSampler(labels, Random.seeded(2, 'pairs'))
    const times = new Array<number>(labels.length).fill(0)
    for (let i = 0; i < 3000; i++) for (const index of sampler.draw(4).indices) times[index]!++
    times.forEach((count, index) => {
      const expected = (3000 * 4) / 3 / [4, 8, 2][labels[index] as number]!
      expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected))
    })
  })

  test('goes on exactly where its randomness was kept', () => {
    const labels = labelsOf([9, 1, 20])
    const sampler = new ClassBatchSampler(labels, Random.seeded(3, 'pairs'))
    sampler.draw(12)
    const kept = sampler.state()
    const expected = sampler.draw(12)
    expect(new ClassBatchSampler(labels, Random.restored(kept)).draw(12)).toEqual(expected)
  })
})
