import { describe, expect, test } from 'vitest'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { chiSquared } from '../support/statistics.ts'

/** Ten classes of very different sizes, and one (5) that does not occur. */
const sizes = [2, 3, 5, 10, 40, 0, 60, 7, 100, 4, 12]
const labels = Uint16Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)))
const present = sizes.flatMap((size, label) => (size > 0 ? [label] : []))
const count = 100_000
const pairs = new PairSampler(labels, Random.seeded(11, 'pairs')).draw(count)
const couples = Array.from(pairs.first, (first, i) => ({
  first,
  second: pairs.second[i] as number,
  similar: pairs.similar[i] === 1,
}))
const label = (index: number): number => labels[index] as number

/** Percentiles 99.9 of chi-squared by degrees of freedom (NIST/SEMATECH e-Handbook, table 1.3.6.7.4). */
const limit: Record<number, number> = { 1: 10.828, 4: 18.467, 9: 27.877, 11: 31.264, 89: 135.978 }

function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

describe('100,000 pairs', () => {
  test('are similar half the time', () => {
    const similar = couples.filter(couple => couple.similar).length
    expect(chiSquared([similar, count - similar], [count / 2, count / 2])).toBeLessThan(limit[1]!)
  })

  test('say the truth: similar pairs are two different images of a class, dissimilar ones of two classes', () => {
    for (const { first, second, similar } of couples) {
      expect(first).not.toBe(second)
      expect(label(first) === label(second)).toBe(similar)
    }
  })

  test('similar ones take each class that occurs equally often, however many images it has', () => {
    const similar = couples.filter(couple => couple.similar)
    const counts = tally(similar.map(({ first }) => label(first)))
    const expected = present.map(() => similar.length / present.length)
    expect(
      chiSquared(
        present.map(c => counts.get(c) ?? 0),
        expected,
      ),
    ).toBeLessThan(limit[9]!)
  })

  test('dissimilar ones take each ordered couple of classes equally often', () => {
    const dissimilar = couples.filter(couple => !couple.similar)
    const counts = tally(dissimilar.map(({ first, second }) => `${label(first)} ${label(second)}`))
    const cells = present.flatMap(a => present.filter(b => b !== a).map(b => `${a} ${b}`))
    const expected = cells.map(() => dissimilar.length / cells.length)
    expect(
      chiSquared(
        cells.map(cell => counts.get(cell) ?? 0),
        expected,
      ),
    ).toBeLessThan(limit[89]!)
  })

  test('within a class every ordered couple of images, and every single image, is equally likely', () => {
    const ofThree = couples.filter(({ first, similar }) => similar && label(first) === 1)
    const orders = tally(ofThree.map(({ first, second }) => `${first} ${second}`))
    expect(orders.size).toBe(6)
    expect(chiSquared([...orders.values()], new Array(6).fill(ofThree.length / 6))).toBeLessThan(20.515)
    const firsts = couples
      .filter(({ first, similar }) => !similar && label(first) === 10)
      .map(({ first }) => first)
    const counts = tally(firsts)
    expect(counts.size).toBe(12)
    expect(chiSquared([...counts.values()], new Array(12).fill(firsts.length / 12))).toBeLessThan(limit[11]!)
  })
})
