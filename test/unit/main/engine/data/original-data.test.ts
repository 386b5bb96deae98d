import { describe, expect, test } from 'vitest'
import { correctDataSet } from '../../../../../src/main/engine/corrections/correct-data-set.ts'
import type { DataSet } from '../../../../../src/main/engine/data/data-set.ts'
import { holdOut } from '../../../../../src/main/engine/data/hold-out.ts'
import { choiceOf, isChoice, madeOf } from '../../../../../src/main/engine/data/original-data.ts'
import { stripes } from '../../../../support/images.ts'

const data: DataSet = {
  name: 'stripes',
  source: { kind: 'digits', trainCount: 90, testCount: 12 },
  classes: ['a', 'b', 'c'],
  train: stripes(90, 3),
  test: stripes(12, 3, { seed: 8 }),
}
const asked = { kind: 'digits', trainCount: 90, testCount: 12 } as const

test('a data set that was corrected, and of which images were left out, is asked for as the whole that it was', () => {
  const corrected = correctDataSet(data, [{ split: 'train', index: 2, decision: 'exclude', label: 0 }])
  const held = holdOut(corrected, { share: 0.2, seed: 1 })
  expect(madeOf(held)).toMatchObject({ original: data, corrections: [{ index: 2 }] })
  expect(choiceOf(madeOf(held).original.source)).toEqual(asked)
})

describe('what is asked for', () => {
  test('is the digits by their counts, and a data set of the library by its content', () => {
    const imported = { kind: 'imported', id: 'a'.repeat(64) } as const
    expect(isChoice(data.source, asked)).toBe(true)
    expect(isChoice(data.source, { ...asked, testCount: 13 })).toBe(false)
    expect(isChoice(data.source, imported)).toBe(false)
    expect(isChoice({ ...imported, trainCount: 90, testCount: 12 }, imported)).toBe(true)
  })

  test('is never files of one’s own, though they have as many images', () => {
    const files = { kind: 'idx', images: '/a', labels: '/b', trainCount: 90, testCount: 12 } as const
    expect(choiceOf(files)).toBeNull()
    expect(isChoice(files, asked)).toBe(false)
  })
})
