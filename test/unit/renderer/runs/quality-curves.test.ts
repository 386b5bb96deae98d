import { expect, test } from 'vitest'
import { type QualityCurve, qualityRows } from '../../../../src/renderer/runs/quality-curves.ts'

const curve = (name: string, best: number | null, ...places: [number, number][]): QualityCurve => ({
  name,
  best,
  colour: '',
  dash: [],
  series: {
    iterations: Int32Array.from(places, ([iteration]) => iteration),
    accuracy: Float64Array.from(places, ([, accuracy]) => accuracy),
  },
})
const curves = [curve('a', 20, [10, 0.61], [20, 0.72], [30, 0.7]), curve('b', null, [20, 0.55], [40, 0.8])]

test('the table has a row for every iteration at which any of them was measured', () => {
  expect(qualityRows(curves, 10)).toEqual([
    ['10', '61.0%', '–'],
    ['20', '72.0%, the best', '55.0%'],
    ['30', '70.0%', '–'],
    ['40', '–', '80.0%'],
  ])
  expect(qualityRows(curves, 1)).toEqual([['40', '–', '80.0%']])
})
