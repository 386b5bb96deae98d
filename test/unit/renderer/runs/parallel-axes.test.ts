import { describe, expect, test } from 'vitest'
import { brushed, parallelAxes } from '../../../../src/renderer/runs/sweeps/parallel-axes.ts'
import type { SweepRow, SweepValue } from '../../../../src/shared/contract.ts'

const row = (values: Record<string, SweepValue>, accuracy: number | null): SweepRow => ({
  values,
  runs: ['a'],
  done: accuracy === null ? 0 : 1,
  failed: accuracy === null ? 1 : 0,
  measures: {
    knnAccuracy: accuracy === null ? null : { mean: accuracy, deviation: 0 },
    precisionAt9: null,
    auc: null,
    eer: null,
  },
})
const rows = [
  row({ margin: 1, learningRate: 1e-4, hiddenSizes: [8] }, 0.5),
  row({ margin: 2, learningRate: 1e-3, hiddenSizes: [8, 4] }, 0.7),
  row({ margin: 3, learningRate: 1e-2, hiddenSizes: [8] }, null),
]
const axes = parallelAxes(rows, name => name.toUpperCase())

describe('the axes of a sweep', () => {
  test('lie by size, by order of magnitude where that is wide, by name else, and end with the accuracy', () => {
    expect(axes.map(({ title }) => title)).toEqual(['MARGIN', 'LEARNINGRATE', 'HIDDENSIZES', '5-NN accuracy'])
    expect(axes[0]?.places).toEqual([0, 0.5, 1])
    expect(axes[1]?.places.map(place => Number(place?.toFixed(9)))).toEqual([0, 0.5, 1])
    expect(axes[2]?.places).toEqual([0, 1, 0])
    expect(axes[2]?.ticks.map(({ text }) => text)).toEqual(['8', '8, 4'])
    expect(axes[3]?.places).toEqual([0, 1, null])
    expect(axes[3]?.ticks.map(({ text }) => text)).toEqual(['50.0%', '70.0%'])
  })

  test('brushes keep the lines that cross all of them; what has no value crosses none', () => {
    expect(brushed(axes, {})).toEqual([true, true, true])
    expect(brushed(axes, { margin: [0.4, 1] })).toEqual([false, true, true])
    expect(brushed(axes, { margin: [0.4, 1], knnAccuracy: [0, 1] })).toEqual([false, true, false])
  })

  test('one value lies in the middle', () => {
    expect(parallelAxes(rows.slice(0, 1), String)[0]?.places).toEqual([0.5])
  })
})
