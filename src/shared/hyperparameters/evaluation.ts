import type { HyperparameterField } from './field.ts'

/** How a training is measured on its way, and what that decides. */
export const evaluationFields = {
  evaluateEvery: {
    kind: 'number',
    label: 'Evaluate every',
    help: 'How often the quality is measured while training: by the nearest training images of others. 0 for never.',
    group: 'evaluation',
    unit: 'iterations',
    min: 0,
    max: 1_000_000,
    integer: true,
    default: 0,
  },
  validationShare: {
    kind: 'number',
    label: 'Validation share',
    help: 'Share of the training images that is not learned from, to choose the best network by. 0 for none.',
    group: 'evaluation',
    min: 0,
    max: 0.9,
    integer: false,
    default: 0,
  },
  patience: {
    kind: 'number',
    label: 'Patience',
    help: 'How many evaluations may pass without a better one before the training stops early. 0 for any number.',
    group: 'evaluation',
    unit: 'evaluations',
    min: 0,
    max: 10_000,
    integer: true,
    default: 0,
  },
} as const satisfies Record<string, HyperparameterField>

type EvaluationName = keyof typeof evaluationFields

/** What is wrong with these three together, and which of them a person would change; undefined for nothing. */
export function evaluationFault({
  evaluateEvery,
  validationShare,
  patience,
}: Readonly<Record<EvaluationName, number>>): { field: EvaluationName; message: string } | undefined {
  const { evaluateEvery: every, validationShare: share, patience: waits } = evaluationFields
  if (patience > 0 && validationShare === 0)
    return {
      field: 'patience',
      message: `${waits.label} needs a ${share.label.toLowerCase()} above 0: stopping by the test images would make their quality look better than it is.`,
    }
  if (patience > 0 && evaluateEvery === 0)
    return { field: 'patience', message: `${waits.label} needs evaluations: set “${every.label}” above 0.` }
  if (validationShare > 0 && evaluateEvery === 0)
    return {
      field: 'validationShare',
      message: `A ${share.label.toLowerCase()} leaves images out that nothing is measured on: set “${every.label}” above 0.`,
    }
  return undefined
}
