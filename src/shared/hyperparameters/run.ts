import type { HyperparameterField } from './field.ts'

/** What makes one training differ from its repetition. */
export const runFields = {
  seed: {
    kind: 'number',
    label: 'Seed',
    help: 'The same seed on the same backend gives the same losses.',
    group: 'run',
    min: 0,
    max: 4_294_967_295,
    integer: true,
    default: 1,
  },
} as const satisfies Record<string, HyperparameterField>
