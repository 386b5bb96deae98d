import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BackendReport } from '../../../../../../src/main/engine/tensorflow/backends.ts'
import { jsonProgress, plainProgress } from '../../../../../../src/main/host/cli/report/training-progress.ts'
import { mlp } from '../../../../../support/networks.ts'

const report: BackendReport = {
  backend: 'native',
  description: 'TensorFlow 2.21.0, native, oneDNN',
  tensorflow: '2.21.0',
  device: 'Some processor',
  passedOver: [{ backend: 'webgpu', reason: 'It was lost.' }],
}
const { spec } = mlp({ inputSize: 1, hiddenSizes: [], embeddingSize: 1 }, 1)
const stepDown = {
  kind: 'backend',
  report,
  notice: 'The card was lost.',
  network: { spec, tensors: {} },
} as const

let printed: string[] = []
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('lines say what happened to the backend, and what computes now', () => {
  plainProgress(10).show(stepDown)
  plainProgress(10).show({ ...stepDown, notice: null })
  const backend = 'Backend: TensorFlow 2.21.0, native, oneDNN (Some processor)\n  not webgpu: It was lost.'
  expect(printed).toEqual([`The card was lost.\n${backend}`, backend])
})

test('a machine is told the same as JSON', () => {
  jsonProgress(10).show(stepDown)
  expect(printed.map(line => JSON.parse(line))).toEqual([
    { event: 'backend', backend: report, notice: 'The card was lost.' },
  ])
})
