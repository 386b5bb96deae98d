import { createHash } from 'node:crypto'
import type { NetworkSpec } from '../../../src/main/engine/twin/network/network-spec.ts'
import { initialNetwork, type NetworkValues } from '../../../src/main/engine/twin/network/network-values.ts'
import { type PairBatch, PairSampler } from '../../../src/main/engine/twin/pairs.ts'
import { Random } from '../../../src/main/engine/twin/random.ts'
import { defaults } from '../../../src/shared/hyperparameters.ts'
import { stripes } from '../../support/images.ts'

const base = {
  version: 1 as const,
  height: 8,
  width: 8,
  channels: 1,
  hiddenSizes: [],
  embeddingSize: 2,
  batchNorm: true,
  dropout: 0,
  normalisation: { mean: [0.4], deviation: [0.3] },
}

/** Networks of every kind of layer, small, on images of 8 x 8. */
const cases = {
  cnn: { ...base, kind: 'cnn', filters: [3, 4, 5, 4], hiddenSizes: [6] },
  'cnn without batch norm': { ...base, kind: 'cnn', filters: [3, 4], hiddenSizes: [6], batchNorm: false },
  residual: { ...base, kind: 'residual', filters: [3, 4, 5] },
  'mlp with batch norm': { ...base, kind: 'mlp', filters: [], hiddenSizes: [9, 7] },
} satisfies Record<string, NetworkSpec>

export type NetworkCase = keyof typeof cases
export const networkCases: Record<NetworkCase, NetworkSpec> = cases

export const images = stripes(60, 3)
export const batchSize = 12
export const iterations = 20
/** Small enough that rounding does not part two trainings. */
export const learning = {
  ...defaults,
  learningRate: 1e-4,
  gradientDecay: 0.9,
  squaredGradientDecay: 0.99,
  margin: 1,
}

/** What both sides start from, and its hash: golden values of other inputs would prove nothing. */
export function networkInputs(name: NetworkCase): {
  readonly initial: NetworkValues
  readonly batches: readonly PairBatch[]
  readonly sha256: string
} {
  const initial = initialNetwork(networkCases[name], 3)
  const sampler = new PairSampler(images.labels, Random.seeded(5, 'pairs'))
  const batches = Array.from({ length: iterations }, () => sampler.draw(batchSize))
  const hash = createHash('sha256')
  const arrays = [images.pixels, ...initial.tensors.map(({ values }) => values)]
  for (const a of arrays) hash.update(new Uint8Array(a.buffer, a.byteOffset, a.byteLength))
  return { initial, batches, sha256: hash.digest('hex') }
}
