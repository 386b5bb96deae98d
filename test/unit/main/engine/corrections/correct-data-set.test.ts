import { expect, test } from 'vitest'
import {
  correctDataSet,
  correctionsKey,
  correctionsOf,
} from '../../../../../src/main/engine/corrections/correct-data-set.ts'
import { type DataSet, fingerprint, imageAt } from '../../../../../src/main/engine/data/data-set.ts'
import type { Correction } from '../../../../../src/shared/contract.ts'
import { stripes } from '../../../../support/images.ts'

const original: DataSet = {
  name: 'stripes',
  source: { kind: 'digits', trainCount: 12, testCount: 9 },
  classes: ['a', 'b', 'c'],
  train: stripes(12, 3),
  test: stripes(9, 3, { seed: 8 }),
}
const relabel: Correction = { split: 'train', index: 4, decision: 'relabel', label: 2 }
const exclude: Correction = { split: 'test', index: 3, decision: 'exclude', label: 0 }
const keep: Correction = { split: 'test', index: 5, decision: 'keep', label: 2 }

test('labels are replaced, images left out with their labels, and the original stays as it was', () => {
  const before = fingerprint(original)
  const data = correctDataSet(original, [exclude, keep, relabel])
  expect(data.train.labels).toEqual(Uint16Array.from(original.train.labels, (l, i) => (i === 4 ? 2 : l)))
  expect(data.test.count).toBe(8)
  const { sources } = correctionsOf(data)
  expect([...sources.test]).toEqual([0, 1, 2, 4, 5, 6, 7, 8])
  sources.test.forEach((source, index) => {
    expect(imageAt(data.test, index)).toEqual(imageAt(original.test, source))
    expect(data.test.labels[index]).toBe(original.test.labels[source])
  })
  expect(fingerprint(original)).toBe(before)
  expect(fingerprint(data)).not.toBe(before)
})

test('what changes nothing leaves the very data set', () => {
  const same: Correction = { split: 'train', index: 0, decision: 'relabel', label: 0 }
  const beyond: Correction = { split: 'train', index: 99, decision: 'exclude', label: 0 }
  expect(correctDataSet(original, [keep, same, beyond])).toBe(original)
  expect(correctionsOf(original)).toMatchObject({ original, corrections: [] })
})

test('the key tells corrections apart, whatever their order, and keeping is none', () => {
  expect(correctionsKey(original, [relabel, exclude])).toBe(
    correctionsKey(original, [exclude, keep, relabel]),
  )
  expect(correctionsKey(original, [relabel])).not.toBe(correctionsKey(original, [exclude]))
  expect(correctionsKey(original, [keep])).toBe('')
})
