import type { HyperparameterField } from './field.ts'

/** What the features are pulled and pushed by. */
export const objectiveFields = {
  loss: {
    kind: 'choice',
    label: 'Loss',
    help: 'What is made small: over pairs, triplets, or each image against the classes of its batch.',
    group: 'objective',
    options: [
      { value: 'contrastive', label: 'Contrastive' },
      { value: 'triplet', label: 'Triplet' },
      { value: 'n-pairs', label: 'N-pairs' },
      { value: 'supervised-contrastive', label: 'Supervised contrastive' },
      { value: 'class-means', label: 'Class means' },
    ],
    default: 'contrastive',
  },
  pairs: {
    kind: 'choice',
    label: 'Pairs',
    help: 'Drawn one by one, or all pairs among the images of a batch that has each class alike.',
    group: 'objective',
    when: { loss: ['contrastive'] },
    options: [
      { value: 'drawn', label: 'Drawn' },
      { value: 'all', label: 'All of a batch' },
    ],
    default: 'drawn',
  },
  reduction: {
    kind: 'choice',
    label: 'Reduction',
    help: 'The loss of a batch is the sum over its pairs, as in the recipe, or their mean.',
    group: 'objective',
    when: { loss: ['contrastive'] },
    options: [
      { value: 'sum', label: 'Sum' },
      { value: 'mean', label: 'Mean' },
    ],
    default: 'sum',
  },
  mining: {
    kind: 'choice',
    label: 'Mining',
    help: 'Which triplets count: all, for each similar pair the nearest that is farther, or the hardest only.',
    group: 'objective',
    when: { loss: ['triplet'] },
    options: [
      { value: 'none', label: 'None' },
      { value: 'semi-hard', label: 'Semi-hard' },
      { value: 'hard', label: 'Hard' },
    ],
    default: 'none',
  },
  temperature: {
    kind: 'number',
    label: 'Temperature',
    help: 'Low values look at the nearest others most.',
    group: 'objective',
    when: { loss: ['supervised-contrastive'] },
    min: 0,
    max: 100,
    integer: false,
    aboveMin: true,
    default: 0.1,
  },
} as const satisfies Record<string, HyperparameterField>
