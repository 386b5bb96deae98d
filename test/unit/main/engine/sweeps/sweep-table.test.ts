import { expect, test } from 'vitest'
import { sweepTable } from '../../../../../src/main/engine/sweeps/sweep-table.ts'

const quality = (knnAccuracy: number) => ({
  ...{ knnAccuracy, precisionAt9: 0.5, auc: null, eer: 0.1, eerThreshold: 1 },
})
const result = (run: string, accuracy: number | null) => ({
  run,
  iterations: 1,
  seconds: 1,
  quality: accuracy === null ? null : quality(accuracy),
  fault: accuracy === null ? 'diverged' : null,
})

test('the table has the mean and the sample deviation over the seeds, the best first, what failed last', () => {
  const runs = ['a', 'b', 'c', 'd', 'e', 'f'].map((run, i) => ({
    run,
    seed: i % 2,
    values: { margin: Math.floor(i / 2) },
  }))
  const results = [result('a', null), result('b', null), result('c', 0.5), result('d', 0.7), result('e', 0.9)]
  const rows = sweepTable(runs, results)
  expect(rows.map(({ values }) => values['margin'])).toEqual([2, 1, 0])
  expect(rows.map(({ done, failed }) => [done, failed])).toEqual([
    [1, 0],
    [2, 0],
    [0, 2],
  ])
  expect(rows[0]?.measures.knnAccuracy).toEqual({ mean: 0.9, deviation: 0 })
  expect(rows[1]?.measures.knnAccuracy?.mean).toBeCloseTo(0.6, 12)
  expect(rows[1]?.measures.knnAccuracy?.deviation).toBeCloseTo(Math.SQRT2 / 10, 12)
  expect(rows[1]?.measures.auc).toBeNull()
  expect(rows[2]?.measures.knnAccuracy).toBeNull()
})
