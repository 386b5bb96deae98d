import type { HyperparameterField } from './field.ts'

/** What a person changes first. */
export const frontFields = {
  margin: {
    kind: 'number',
    label: 'Margin',
    help: 'How far apart a dissimilar pair is pushed before it no longer counts.',
    group: 'front',
    when: { loss: ['contrastive', 'triplet'] },
    min: 0,
    max: 1000,
    integer: false,
    aboveMin: true,
    default: 0.3,
  },
  batchSize: {
    kind: 'number',
    label: 'Batch size',
    help: 'Pairs drawn anew for every iteration, or images, where all of a batch are compared.',
    group: 'front',
    min: 1,
    max: 16384,
    integer: true,
    default: 180,
  },
  iterations: {
    kind: 'number',
    label: 'Iterations',
    help: 'How many batches the network learns from.',
    group: 'front',
    min: 1,
    max: 1_000_000,
    integer: true,
    default: 3000,
  },
  learningRate: {
    kind: 'number',
    label: 'Learning rate',
    help: 'How large a step Adam takes. Too large diverges, too small is slow.',
    group: 'front',
    min: 0,
    max: 1,
    integer: false,
    aboveMin: true,
    default: 1e-4,
  },
} as const satisfies Record<string, HyperparameterField>
