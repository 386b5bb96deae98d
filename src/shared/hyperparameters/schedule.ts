import type { HyperparameterField } from './field.ts'

/** How the learning rate changes on the way. */
export const scheduleFields = {
  schedule: {
    kind: 'choice',
    label: 'Learning rate over time',
    help: 'Constant, falling to zero as a cosine, up and down once, or a tenth after each half and three quarters.',
    group: 'schedule',
    options: [
      { value: 'constant', label: 'Constant' },
      { value: 'cosine', label: 'Cosine' },
      { value: 'one-cycle', label: 'One cycle' },
      { value: 'step', label: 'Step' },
    ],
    default: 'constant',
  },
  warmup: {
    kind: 'number',
    label: 'Warm-up',
    help: 'Share of the iterations in which the learning rate rises to its full size.',
    group: 'schedule',
    unit: '%',
    min: 0,
    max: 90,
    integer: false,
    default: 0,
  },
} as const satisfies Record<string, HyperparameterField>
