// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { LossCurve } from '../../../../src/renderer/training/loss-curve.ts'
import { lossesAsCsv } from '../../../../src/renderer/training/loss-export.ts'
import { LossStore } from '../../../../src/renderer/training/loss-store.ts'
import { lossSummary } from '../../../../src/renderer/training/loss-summary.ts'

function curveOf(losses: Float32Array, weight: number): LossCurve {
  const store = new LossStore()
  store.append({ training: 1, firstIteration: 1, losses })
  const curve = new LossCurve(store, weight)
  curve.catchUp()
  return curve
}

test('the table has every loss once, in order, however many slices it takes', async () => {
  const losses = Float32Array.from({ length: 9001 }, (_, i) => (i % 50) / 4)
  const lines = (await (await lossesAsCsv(curveOf(losses, 0))).text()).trimEnd().split('\n')
  expect(lines[0]).toBe('iteration,loss,smoothed')
  expect(lines.slice(1)).toEqual([...losses].map((loss, i) => `${i + 1},${loss},${loss}`))
})

test('the chart in words says how the loss began, where it is, and its lowest', () => {
  expect(lossSummary(curveOf(Float32Array.of(8, 2, 4), 0.5))).toBe(
    'Loss of 3 iterations: 8.000 at first, 4.000 now when smoothed (4.000 as it is). Lowest: 2.000 at iteration 2.',
  )
  expect(lossSummary(curveOf(new Float32Array(0), 0.5))).toBe('No losses yet.')
})
