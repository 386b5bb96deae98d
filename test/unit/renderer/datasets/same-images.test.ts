import { expect, test } from 'vitest'
import { imagesKey, sameImages } from '../../../../src/renderer/datasets/same-images.ts'
import type { DataSummary } from '../../../../src/shared/contract.ts'

const cats: DataSummary = {
  id: 'a'.repeat(64),
  name: 'pictures',
  classes: ['cat', 'dog'],
  height: 28,
  width: 28,
  channels: 3,
  trainCount: 80,
  testCount: 20,
  testLabels: new Uint16Array(20),
  corrections: '',
  missing: null,
}

test('two imported sets that are alike in name and counts are others', () => {
  const dogs = { ...cats, id: 'b'.repeat(64) }
  expect(sameImages(cats, dogs)).toBe(false)
  expect(imagesKey(cats)).not.toBe(imagesKey(dogs))
})

test('a set stays the same under another name, and opened anew', () => {
  const renamed = { ...cats, name: 'cats', testLabels: new Uint16Array(20) }
  expect(sameImages(cats, renamed)).toBe(true)
  expect(imagesKey(cats)).toBe(imagesKey(renamed))
})

test.each([
  ['other counts', { testCount: 19 }],
  ['corrections', { corrections: 'c0ffee' }],
])('%s make others of it', (_, change) => {
  expect(sameImages(cats, { ...cats, ...change })).toBe(false)
  expect(imagesKey(cats)).not.toBe(imagesKey({ ...cats, ...change }))
})

test('no data set is none', () => {
  expect(sameImages(null, null)).toBe(true)
  expect(sameImages(cats, null)).toBe(false)
  expect(imagesKey(null)).not.toBe(imagesKey(cats))
})
