import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { defaults, type Hyperparameters } from '../../src/shared/hyperparameters.ts'
import { networkOf } from './networks.ts'

export interface MadeRun {
  readonly created?: string
  readonly hyperparameters?: Partial<Hyperparameters>
  /** Test images. */
  readonly count?: number
  readonly losses?: Float32Array
  readonly knnAccuracy?: number
}

/** A run as a training would save it, of random points: nothing was trained. */
export function madeRun({
  created = '2026-01-02T03:04:05.678Z',
  hyperparameters = {},
  count = 30,
  losses = Float32Array.of(3, 2, 1),
  knnAccuracy = 0.5,
}: MadeRun = {}): Run {
  const all = { ...defaults, hiddenSizes: [3], ...hyperparameters }
  const size = all.embeddingSize
  const points = (of: number, seed: number) => ({
    embedding: { values: Random.seeded(seed, 'display').normals(of * size, 1), count: of, size },
    labels: Uint16Array.from({ length: of }, (_, i) => i % 3),
  })
  const layer = (inputs: number, outputs: number) => ({
    inputs,
    outputs,
    kernel: new Float32Array(inputs * outputs).fill(0.1),
    bias: new Float32Array(outputs),
  })
  return {
    config: {
      schemaVersion: 1,
      name: 'digits',
      created,
      hyperparameters: all,
      data: {
        name: 'digits',
        source: { kind: 'digits', trainCount: 20, testCount: count },
        classes: ['0', '1', '2'],
        height: 28,
        width: 28,
        channels: 1,
        fingerprint: 'abc',
      },
      backend: { backend: 'cpu', description: 'JavaScript', tensorflow: null, device: 'a processor' },
      iterations: losses.length,
      trainingSeconds: 1.5,
      quality: { knnAccuracy, precisionAt9: null, auc: 0.7, eer: 0.3, eerThreshold: 0.1 },
    },
    losses,
    network: networkOf([layer(784, 3), layer(3, size)]),
    train: points(20, 1),
    test: points(count, 2),
  }
}
