import { describe, expect, test } from 'vitest'
import { learningRateAt, type ScheduleSettings } from '../../../src/shared/learning-rate.ts'
import { golden } from '../../numeric/golden/objective.ts'

const settings = (own: Partial<ScheduleSettings>): ScheduleSettings => ({
  learningRate: 0.01,
  schedule: 'constant',
  warmup: 0,
  iterations: 100,
  ...own,
})
const ratesOf = (own: Partial<ScheduleSettings>): number[] =>
  Array.from({ length: 100 }, (_, i) => learningRateAt(i + 1, settings(own)))

describe('the learning rate of an iteration', () => {
  test('is what was asked for, to the bit, where it is constant', () => {
    expect(new Set(ratesOf({}))).toEqual(new Set([0.01]))
  })

  test('rises in a line to its full size while it warms up', () => {
    const rates = ratesOf({ warmup: 10 })
    rates.slice(0, 10).forEach((rate, i) => {
      expect(rate).toBeCloseTo((0.01 * (i + 1)) / 10, 12)
    })
    expect(new Set(rates.slice(10))).toEqual(new Set([0.01]))
  })

  test('falls as half a cosine', () => {
    const rates = ratesOf({ schedule: 'cosine' })
    expect(rates[0]).toBe(0.01)
    expect(rates[50]).toBeCloseTo(0.005, 12)
    expect(rates[99]).toBeLessThan(1e-5)
    rates.slice(1).forEach((rate, i) => {
      expect(rate).toBeLessThan(rates[i] as number)
    })
  })

  test('goes up and down once as in PyTorch, whose rise ends one iteration earlier', () => {
    const rates = ratesOf({ schedule: 'one-cycle', warmup: 30, iterations: 101 })
    const close = rates.map((rate, i) => Math.abs(rate - (golden.oneCycle[i] as number)))
    expect(Math.max(...close)).toBeLessThan(0.01 * 0.06)
    expect(Math.max(...rates)).toBeCloseTo(0.01, 4)
    expect(rates[0]).toBeCloseTo(0.01 / 25, 12)
  })

  test('is a tenth after half and a hundredth after three quarters in steps', () => {
    const rates = ratesOf({ schedule: 'step' })
    expect([rates[49], rates[50], rates[74], rates[75]]).toEqual([0.01, 0.001, 0.001, 0.0001])
  })
})
