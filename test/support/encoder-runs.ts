import type { LabelledImages } from '../../src/main/engine/data/data-set.ts'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { mlpSpec, type NetworkSpec } from '../../src/main/engine/twin/network/network-spec.ts'
import { initialNetwork } from '../../src/main/engine/twin/network/network-values.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'

/** Untrained runs of every kind of network, for what takes encoders out and in again. Small; the first in colour, not square. */
const count = 6
const colour = { height: 9, width: 10, channels: 3 } as const
const plain = mlpSpec(colour, { hiddenSizes: [7], embeddingSize: 2 })
const normalisation = { mean: [0.2, 0.4, 0.6], deviation: [0.3, 0.5, 0.2] }
const specs: Readonly<Record<string, NetworkSpec>> = {
  mlp: plain,
  'mlp-batch-norm': { ...plain, batchNorm: true, dropout: 0.5, normalisation },
  cnn: { ...plain, kind: 'cnn', filters: [4, 5, 6], batchNorm: true, normalisation },
  residual: { ...plain, kind: 'residual', filters: [4, 6], hiddenSizes: [], batchNorm: true },
  'mlp-digits': { ...plain, height: 28, width: 28, channels: 1, hiddenSizes: [9, 8], embeddingSize: 3 },
  'cnn-dropout': {
    ...plain,
    ...{ kind: 'cnn', height: 17, width: 16, channels: 1, filters: [3, 4], dropout: 0.3 },
  },
  'residual-normalised': {
    ...plain,
    ...{ kind: 'residual', height: 16, width: 19, channels: 1, filters: [3, 4, 5], hiddenSizes: [] },
    normalisation: { mean: [0.3], deviation: [0.4] },
  },
  // All there is together, in colour, higher than wide, and with more features than a scatter shows.
  'cnn-all': {
    ...plain,
    ...{ kind: 'cnn', height: 64, width: 48, filters: [3, 4, 5, 6], batchNorm: true, dropout: 0.2 },
    ...{ normalisation, embeddingSize: 8 },
  },
  'residual-all': {
    ...plain,
    ...{ kind: 'residual', height: 32, width: 32, filters: [3, 4, 5], hiddenSizes: [] },
    ...{ batchNorm: true, dropout: 0.4, normalisation, embeddingSize: 16 },
  },
  // The largest images, and a single feature.
  'mlp-largest': {
    ...plain,
    ...{ height: 128, width: 128, channels: 1, hiddenSizes: [5, 6, 7], dropout: 0.5, embeddingSize: 1 },
  },
}
const random = Random.seeded(5, 'display')

/** Weights of which none has the value that it starts with, so that each counts. */
function runOf(spec: NetworkSpec): Run {
  const network = initialNetwork(spec, 3)
  const tensors = network.tensors.map(({ name, shape, values }) => {
    if (name.endsWith('kernel')) return { name, shape, values }
    const moved = values.map(() => (name.endsWith('variance') ? 0.5 : -0.5) + random.below(1000) / 1000)
    return { name, shape, values: moved.map(value => (name.endsWith('variance') ? value + 0.1 : value)) }
  })
  const { height, width } = spec
  const channels = spec.channels === 1 ? 1 : 3
  const embedding = { values: Float32Array.of(0.1, -2, 3e-8, 4, 5.5, -6), count: 3, size: 2 }
  return {
    config: {
      schemaVersion: 1,
      name: 'colours',
      created: '2026-01-02T03:04:05.678Z',
      hyperparameters: { ...defaults, hiddenSizes: [7], embeddingSize: spec.embeddingSize },
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

export const runs: Readonly<Record<string, Run>> = Object.fromEntries(
  Object.entries(specs).map(([name, spec]) => [name, runOf(spec)]),
)

/** Images of the shape that a run's network takes. */
export function imagesFor({ config }: Run): LabelledImages {
  const { height, width, channels } = config.data
  const bytes = Random.seeded(7, 'display')
  const pixels = Uint8Array.from({ length: count * height * width * channels }, () => bytes.below(256))
  return { pixels, labels: new Uint16Array(count), count, height, width, channels }
}
