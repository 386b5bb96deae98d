import type { Split } from '../../../../shared/contract.ts'

const trainNames = new Set(['train', 'training', 'trainset', 'trainingset'])
const testNames = new Set(['test', 'testing', 'testset', 't10k', 'evaluation', 'eval', 'heldout'])
const validationNames = new Set(['val', 'valid', 'validation', 'dev'])

export type Part = Split | 'validation'

/** Which part a folder's name, a column's value or a word of a file's name means; undefined for none. */
export function partNamed(name: string): Part | undefined {
  const plain = name.trim().toLowerCase().replaceAll(/[ _-]/g, '')
  if (trainNames.has(plain)) return 'train'
  if (testNames.has(plain)) return 'test'
  return validationNames.has(plain) ? 'validation' : undefined
}

/**
 * The split that the parts which occur mean, undefined where they mean none: there must be training images and others.
 * Beside a test part, validation images belong to training (a recipe is chosen on them); without one they are the test.
 */
export function splitsOf(parts: Iterable<Part>): ReadonlyMap<Part, Split> | undefined {
  const present = new Set(parts)
  if (!present.has('train') || present.size < 2) return undefined
  return new Map<Part, Split>([
    ['train', 'train'],
    ['test', 'test'],
    ['validation', present.has('test') ? 'train' : 'test'],
  ])
}
