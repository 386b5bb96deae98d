import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Extremes } from '../../../../src/renderer/training/extremes.ts'
import { LossCurve } from '../../../../src/renderer/training/loss-curve.ts'
import { LossStore } from '../../../../src/renderer/training/loss-store.ts'
import { DebiasedAverage } from '../../../../src/shared/debiased-average.ts'

/** The average as its definition says: weights w^k of the k-th last value, divided by their sum. */
function plainAverage(values: number[], weight: number): number {
  let sum = 0
  let weights = 0
  values.toReversed().forEach((value, age) => {
    sum += weight ** age * value
    weights += weight ** age
  })
  return sum / weights
}

const storeOf = (losses: ArrayLike<number>, training = 1): LossStore => {
  const store = new LossStore()
  store.append({ training, firstIteration: 1, losses: Float32Array.from(losses) })
  return store
}

const losses = fc.array(fc.float({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 300 })

describe('the debiased average', () => {
  test('equals the weighted mean of its definition, from the first value on', () => {
    fc.assert(
      fc.property(losses, fc.constantFrom(0, 0.5, 0.9, 0.999), (values, weight) => {
        const average = new DebiasedAverage(weight)
        values.forEach((value, i) => {
          expect(average.push(value)).toBeCloseTo(plainAverage(values.slice(0, i + 1), weight), 6)
        })
      }),
      { numRuns: 30 },
    )
  })

  test('of a constant is that constant at once, and of weight 0 the value itself', () => {
    const smooth = new DebiasedAverage(0.99)
    expect([smooth.push(3), smooth.push(3), smooth.push(3)]).toEqual([
      expect.closeTo(3, 10),
      expect.closeTo(3, 10),
      expect.closeTo(3, 10),
    ])
    const none = new DebiasedAverage(0)
    expect([none.push(5), none.push(1)]).toEqual([5, 1])
  })
})

describe('the extremes', () => {
  test('are those of a plain scan in every bucket, however the values came', () => {
    const range = fc
      .tuple(fc.nat(310), fc.nat(310))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    fc.assert(
      fc.property(
        losses,
        fc.array(fc.nat(300)),
        range,
        fc.integer({ min: 1, max: 50 }),
        (values, stops, [from, to], most) => {
          const extremes = new Extremes(index => values[index] ?? Number.NaN)
          for (const stop of stops.toSorted((a, b) => a - b)) extremes.grow(Math.min(stop, values.length))
          extremes.grow(values.length)
          const buckets = extremes.buckets(from, to, most)
          expect(buckets.length).toBeLessThanOrEqual(most + 1)
          for (const { first, last, lowest, highest } of buckets) {
            const inside = values.slice(first, last + 1)
            expect(inside).toHaveLength(last - first + 1)
            expect(values[lowest]).toBe(Math.min(...inside))
            expect(values[highest]).toBe(Math.max(...inside))
            expect(lowest >= first && lowest <= last && highest >= first && highest <= last).toBe(true)
          }
          const covered = buckets.flatMap(({ first, last }) =>
            Array.from({ length: last - first + 1 }, (_, i) => first + i),
          )
          expect(covered).toEqual(Array.from({ length: covered.length }, (_, i) => (covered[0] ?? 0) + i))
          const wanted = Array.from(
            { length: Math.max(0, Math.min(to, values.length - 1) - from + 1) },
            (_, i) => from + i,
          )
          expect(wanted.filter(index => !covered.includes(index))).toEqual([])
        },
      ),
    )
  })

  test('look at each value a bounded number of times as they grow, and at none while they are asked', () => {
    let looks = 0
    const extremes = new Extremes(index => {
      looks++
      return index % 7
    })
    const count = 2 ** 17
    extremes.grow(count)
    expect(looks).toBeLessThanOrEqual(4 * count)
    looks = 0
    expect(extremes.buckets(0, count - 1, 500).length).toBeLessThanOrEqual(501)
    expect(looks).toBe(0)
  })
})

describe('the loss curve', () => {
  const everything = (count: number) => ({ from: 1, to: count })

  test('draws every loss as it is while there are fewer than buckets', () => {
    const values = [5, 4, 6, 2]
    const curve = new LossCurve(storeOf(values), 0)
    curve.catchUp()
    const { raw, smooth, low, high } = curve.series(everything(4), 100)
    const asIs = values.map((y, i) => ({ x: i + 1, y }))
    expect([raw, smooth, low, high]).toEqual([asIs, asIs, asIs, asIs])
  })

  test('draws a hundred thousand with no more points than a thousand, and loses no peak', () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => 1 + Math.sin(i / 1000))
    values[54_321] = 99
    const curve = new LossCurve(storeOf(values), 0.9)
    curve.catchUp()
    const { raw, smooth } = curve.series(everything(100_000), 600)
    expect(smooth.length).toBeLessThanOrEqual(603)
    expect(raw.length).toBeLessThanOrEqual(2 * 603)
    expect(raw).toContainEqual({ x: 54_322, y: 99 })
    expect(raw.every((point, i) => i === 0 || point.x > (raw[i - 1]?.x ?? 0))).toBe(true)
  })

  test('smooths before it thins out: the curve has the same height at every zoom', () => {
    const values = Float32Array.from({ length: 5000 }, (_, i) => 5 * Math.exp(-i / 900) + (i % 13) / 10)
    const curve = new LossCurve(storeOf(values), 0.98)
    curve.catchUp()
    for (const most of [40, 200, 10_000]) {
      for (const { x, y } of curve.series({ from: 1000, to: 1400 }, most).smooth) {
        expect(y).toBeCloseTo(plainAverage([...values.subarray(0, x)], 0.98), 4)
      }
    }
  })

  test('is the same whether the losses came at once or in parts, and after the weight was changed', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i * 37) % 101)
    const whole = new LossCurve(storeOf(values), 0.7)
    whole.catchUp()
    const store = storeOf(values.slice(0, 10))
    const parts = new LossCurve(store, 0.2)
    parts.catchUp()
    parts.weight = 0.7
    store.append({ training: 1, firstIteration: 11, losses: Float32Array.from(values.slice(10)) })
    expect(parts.catchUp()).toBe(true)
    expect(parts.series(everything(1000), 50)).toEqual(whole.series(everything(1000), 50))
  })

  test('says that nothing changed when nothing did', () => {
    const curve = new LossCurve(storeOf([1, 2]), 0.5)
    expect(curve.catchUp()).toBe(true)
    expect(curve.catchUp()).toBe(false)
  })

  test('begins anew with another training, also one that is longer already', () => {
    const store = storeOf([9, 9])
    const curve = new LossCurve(store, 0)
    curve.catchUp()
    store.append({ training: 2, firstIteration: 1, losses: Float32Array.of(1, 2, 3) })
    expect(curve.catchUp()).toBe(true)
    expect(curve.series(everything(3), 10).raw.map(({ y }) => y)).toEqual([1, 2, 3])
    store.clear()
    expect(curve.catchUp()).toBe(true)
    expect(curve.count).toBe(0)
  })
})
