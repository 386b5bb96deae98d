import { describe, expect, test } from 'vitest'
import {
  evaluationAt,
  lowestTenth,
  qualityLine,
  rateLine,
} from '../../../../src/renderer/training/chart-lines.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'

const series = (count: number) => ({
  iterations: Int32Array.from({ length: count }, (_, i) => 10 * (i + 1)),
  accuracy: Float64Array.from({ length: count }, (_, i) => (i + 1) / count),
})
const placesOf = (line: readonly { x: number }[]) => line.map(({ x }) => x)

describe('the line of the evaluations', () => {
  test('has those in view, and one on either side of it', () => {
    expect(qualityLine(series(10), { from: 1, to: 1000 }, null)).toHaveLength(10)
    expect(placesOf(qualityLine(series(10), { from: 35, to: 52 }, null))).toEqual([30, 40, 50, 60])
    expect(placesOf(qualityLine(series(10), { from: 40, to: 60 }, null))).toEqual([30, 40, 50, 60, 70])
    expect(placesOf(qualityLine(series(10), { from: 200, to: 300 }, null))).toEqual([100])
    expect(qualityLine(series(10), { from: 35, to: 42 }, null)[1]).toEqual({ x: 40, y: 0.4 })
    expect(qualityLine(series(0), { from: 1, to: 300 }, null)).toEqual([])
  })

  test('of many is thinned out, and keeps the best and the newest', () => {
    const line = placesOf(qualityLine(series(10_000), { from: 1, to: 1e6 }, 12_350))
    expect(line.length).toBeLessThan(700)
    expect(line).toContain(12_350)
    expect(line.at(-1)).toBe(100_000)
  })
})

describe('the line of the learning rate', () => {
  test('is not there where the rate never changes', () => {
    expect(rateLine(defaults, { from: 1, to: 100 })).toEqual([])
    expect(rateLine({ ...defaults, warmup: 10 }, { from: 1, to: 100 })).toHaveLength(100)
  })

  test('tells it for iterations in view, as far as there are any', () => {
    const stepped = { ...defaults, schedule: 'step', iterations: 100, learningRate: 0.5 } as const
    const line = rateLine(stepped, { from: 1, to: 300 })
    expect(line).toHaveLength(100)
    const at = (x: number) => line.find(point => point.x === x)?.y
    expect([at(1), at(50), at(51), at(100)]).toEqual([0.5, 0.5, 0.05, 0.005])
    expect(placesOf(rateLine(stepped, { from: 40, to: 44 }))).toEqual([40, 41, 42, 43, 44])
    expect(rateLine({ ...stepped, iterations: 1e6 }, { from: 1, to: 1e6 })).toHaveLength(600)
  })
})

test('an axis of shares begins at the round ten per cent below all of them', () => {
  expect(lowestTenth([0.61, 0.55, 0.8])).toBe(0.5)
  expect(lowestTenth([0.99])).toBe(0.9)
  expect(lowestTenth([0])).toBe(0)
})

test('under the pointer the evaluation before it is told', () => {
  expect(evaluationAt(series(5), 9)).toBeUndefined()
  expect(evaluationAt(series(5), 10)).toEqual({ iteration: 10, accuracy: 0.2 })
  expect(evaluationAt(series(5), 49)).toEqual({ iteration: 40, accuracy: 0.8 })
  expect(evaluationAt(series(5), 4000)).toEqual({ iteration: 50, accuracy: 1 })
})
