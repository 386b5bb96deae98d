import type { ImportOptions } from '../../../../../shared/contract/data.ts'
import { invalidInput } from '../../../../../shared/errors.ts'
import { Random } from '../../../twin/random.ts'
import type { SourceEntry } from '../source.ts'

/** 1 where an image is for testing, [entries]. */
export type Sides = Uint8Array

/** The classes of a source by name, numbers in their own order: "2" before "10". */
export function classesOf(entries: readonly SourceEntry[]): string[] {
  const order = new Intl.Collator('en', { numeric: true })
  return [...new Set(entries.map(({ label }) => label))].sort(order.compare)
}

/** Whether the source says of every image where it belongs, and names both sides. */
export function hasGivenSplit(entries: readonly SourceEntry[]): boolean {
  const named = new Set(entries.map(({ split }) => split))
  return named.has('train') && named.has('test') && !named.has(null)
}

/**
 * Which images are for testing. Drawn from each class by its share, the same for the same seed; but two of a class stay
 * in training, because a similar pair needs two, and one that is alone is tested with, because it can be in no such pair.
 * @param labels of the images, [entries] @throws invalid-input: no split is given
 */
export function splitEntries(
  entries: readonly SourceEntry[],
  labels: Uint16Array,
  classCount: number,
  split: ImportOptions['split'],
): Sides {
  if (split === 'given') {
    if (!hasGivenSplit(entries)) {
      throw invalidInput('This source does not say which images are for training and which for testing.')
    }
    return Uint8Array.from(entries, entry => Number(entry.split === 'test'))
  }
  const members: number[][] = Array.from({ length: classCount }, () => [])
  labels.forEach((label, i) => {
    members[label]?.push(i)
  })
  const random = Random.seeded(split.seed, 'split')
  const sides = new Uint8Array(entries.length)
  for (const own of members) {
    const share = Math.min(Math.round(own.length * split.testShare), own.length - 2)
    const wanted = own.length === 1 ? 1 : Math.max(0, share)
    for (const i of random.sample(own.length, wanted)) sides[own[i] as number] = 1
  }
  return sides
}
