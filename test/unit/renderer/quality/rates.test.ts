import { expect, test } from 'vitest'
import { newEngineState } from '../../../../src/renderer/engine-state.ts'
import { ratesAt, tableOf } from '../../../../src/renderer/quality/rates.ts'
import { createThreshold } from '../../../../src/renderer/quality/threshold.ts'
import { noTraining } from '../../../../src/shared/contract.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'

const roc = {
  thresholds: Float64Array.of(0, 1, 2, 4),
  falseAccept: Float64Array.of(0, 0.1, 0.5, 1),
  falseReject: Float64Array.of(1, 0.4, 0.2, 0),
}

test('rates are exact at the curve’s thresholds, on a line between, and all or nothing beyond', () => {
  expect(ratesAt(roc, 2)).toEqual({ falseAccept: 0.5, falseReject: 0.2 })
  expect(ratesAt(roc, 3)?.falseAccept).toBeCloseTo(0.75, 12)
  expect(ratesAt(roc, 3)?.falseReject).toBeCloseTo(0.1, 12)
  expect(ratesAt(roc, 0)).toEqual({ falseAccept: 0, falseReject: 1 })
  expect(ratesAt(roc, 99)).toEqual({ falseAccept: 1, falseReject: 0 })
  const none = new Float64Array(0)
  expect(ratesAt({ thresholds: none, falseAccept: none, falseReject: none }, 1)).toBeNull()
})

test('the table has the first and the last threshold, and no more rows than there are', () => {
  expect(tableOf(roc, 3).map(({ threshold }) => threshold)).toEqual([0, 2, 4])
  expect(tableOf(roc, 50)).toHaveLength(4)
})

test('the threshold is the run’s own until it is moved, and so again with the next training', async () => {
  const engine = newEngineState()
  const { moved, preset, value } = createThreshold(engine)
  expect(value.value).toBeNull()
  engine.training.value = { ...noTraining, training: 1, hyperparameters: { ...defaults, margin: 3 } }
  expect(value.value).toBe(1.5)
  const quality = { knnAccuracy: 1, precisionAt9: 1, auc: 1, eer: 0, eerThreshold: 0.7 }
  engine.training.value = { ...engine.training.value, quality }
  expect(value.value).toBe(0.7)
  value.value = 0.9
  expect([moved.value, value.value, preset.value?.threshold]).toEqual([0.9, 0.9, 0.7])
  engine.training.value = { ...engine.training.value, training: 2 }
  await Promise.resolve()
  expect(value.value).toBe(0.7)
})
