import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { mlpSpec, type NetworkSpec } from '../../src/main/engine/twin/network/network-spec.ts'
import { initialNetwork } from '../../src/main/engine/twin/network/network-values.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'

/** Untrained runs of every kind of network, for what takes encoders out and in again. Small, in colour, not square. */
export const [count, height, width] = [6, 9, 10] as const
export const channels = 3
const plain = mlpSpec({ height, width, channels }, { hiddenSizes: [7], embeddingSize: 2 })
const normalisation = { mean: [0.2, 0.4, 0.6], deviation: [0.3, 0.5, 0.2] }
export const specs: Readonly<Record<string, NetworkSpec>> = {
  mlp: plain,
  'mlp-batch-norm': { ...plain, batchNorm: true, dropout: 0.5, normalisation },
  cnn: { ...plain, kind: 'cnn', filters: [4, 5, 6], batchNorm: true, normalisation },
  residual: { ...plain, kind: 'residual', filters: [4, 6], hiddenSizes: [], batchNorm: true },
}
const random = Random.seeded(5, 'display')
export const bytes = Uint8Array.from({ length: count * height * width * channels }, () => random.below(256))
export const pixels = Float32Array.from(bytes, byte => byte / 255)

/** Weights of which none has the value that it starts with, so that each counts. */
function runOf(spec: NetworkSpec): Run {
  const network = initialNetwork(spec, 3)
  const tensors = network.tensors.map(({ name, shape, values }) => {
    if (name.endsWith('kernel')) return { name, shape, values }
    const moved = values.map(() => (name.endsWith('variance') ? 0.5 : -0.5) + random.below(1000) / 1000)
    return { name, shape, values: moved.map(value => (name.endsWith('variance') ? value + 0.1 : value)) }
  })
  const embedding = { values: Float32Array.of(0.1, -2, 3e-8, 4, 5.5, -6), count: 3, size: 2 }
  return {
    config: {
      schemaVersion: 1,
      name: 'colours',
      created: '2026-01-02T03:04:05.678Z',
      hyperparameters: { ...defaults, hiddenSizes: [7] },
      data: {
        name: 'digits',
        source: { kind: 'digits', trainCount: 3, testCount: 3 },
        classes: ['one', 'zwölf', 'a\tb'],
        height,
        width,
        channels,
        fingerprint: 'abc',
      },
      backend: { backend: 'cpu', description: 'JavaScript', tensorflow: null, device: 'a processor' },
      iterations: 3,
      trainingSeconds: 1.5,
      quality: { knnAccuracy: 0.5, precisionAt9: null, auc: 0.75, eer: 0.25, eerThreshold: 0.125 },
    },
    losses: Float32Array.of(11.047560691833496, 1 / 3, 0.25),
    network: { spec, tensors },
    train: { embedding, labels: Uint16Array.of(0, 1, 2) },
    test: {
      embedding: { ...embedding, values: embedding.values.map(v => -v) },
      labels: Uint16Array.of(2, 1, 0),
    },
  }
}

export const runs = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, runOf(spec)]))
