import type { HyperparameterField } from './field.ts'

/** What the encoder is made of. */
export const networkFields = {
  hiddenSizes: {
    kind: 'numbers',
    label: 'Hidden sizes',
    help: 'Units of each fully connected layer before the embedding, first to last.',
    group: 'network',
    unit: 'units',
    min: 1,
    max: 16384,
    integer: true,
    maxCount: 8,
    default: [1024, 1024],
  },
  embeddingSize: {
    kind: 'number',
    label: 'Embedding size',
    help: 'Features an image is reduced to. Two can be drawn as they are.',
    group: 'network',
    unit: 'features',
    min: 1,
    max: 1024,
    integer: true,
    default: 2,
  },
} as const satisfies Record<string, HyperparameterField>
