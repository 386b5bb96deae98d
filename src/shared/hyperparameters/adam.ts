import type { HyperparameterField } from './field.ts'

/** How the optimiser remembers. */
export const adamFields = {
  gradientDecay: {
    kind: 'number',
    label: 'Gradient decay',
    help: "Adam's beta 1: how long the moving average of the gradient remembers.",
    group: 'adam',
    min: 0,
    max: 0.9999999,
    integer: false,
    default: 0.9,
  },
  squaredGradientDecay: {
    kind: 'number',
    label: 'Squared gradient decay',
    help: "Adam's beta 2: how long the moving average of the squared gradient remembers.",
    group: 'adam',
    min: 0,
    max: 0.9999999,
    integer: false,
    default: 0.99,
  },
  weightDecay: {
    kind: 'number',
    label: 'Weight decay',
    help: 'How strongly weights are drawn to zero, apart from the gradient (AdamW).',
    group: 'adam',
    min: 0,
    max: 10,
    integer: false,
    default: 0,
  },
} as const satisfies Record<string, HyperparameterField>
