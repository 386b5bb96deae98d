import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { networkOf } from './networks.ts'

const points = { values: Float32Array.of(0.1, 0.2), count: 2, size: 1 }

/** The smallest run that holds all that a run can hold. */
export const smallRun: Run = {
  config: {
    schemaVersion: 1,
    name: 'small',
    created: '2026-01-02T03:04:05.678Z',
    hyperparameters: { ...defaults, hiddenSizes: [2] },
    data: {
      name: 'digits',
      source: { kind: 'digits', trainCount: 2, testCount: 2 },
      classes: ['0', '1'],
      height: 1,
      width: 2,
      channels: 1,
      fingerprint: 'abc',
      corrections: [{ split: 'train', index: 1, decision: 'relabel', label: 1 }],
    },
    backend: { backend: 'cpu', description: 'JavaScript', tensorflow: null, device: 'a processor' },
    iterations: 3,
    trainingSeconds: 1.5,
    quality: { knnAccuracy: 0.5, precisionAt9: null, auc: 0.7, eer: 0.3, eerThreshold: 0.1 },
  },
  losses: Float32Array.of(11.5, 1 / 3, 1e-38),
  network: networkOf([
    { inputs: 2, outputs: 2, kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(5, 6) },
    { inputs: 2, outputs: 1, kernel: Float32Array.of(1, 2), bias: Float32Array.of(3) },
  ]),
  train: { embedding: points, labels: Uint16Array.of(0, 1) },
  test: { embedding: points, labels: Uint16Array.of(1, 0) },
  moments: [{ embedding: points, iteration: 2, oldestIteration: 1 }],
}
