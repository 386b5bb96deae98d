import { describe, expect, test } from 'vitest'
import { type DataSet, imageAt } from '../../../../../src/main/engine/data/data-set.ts'
import { holdOut } from '../../../../../src/main/engine/data/hold-out.ts'
import { stripes } from '../../../../support/images.ts'

const data: DataSet = {
  name: 'stripes',
  source: { kind: 'digits', trainCount: 90, testCount: 12 },
  classes: ['a', 'b', 'c'],
  train: stripes(90, 3),
  test: stripes(12, 3, { seed: 8 }),
}
const images = ({ train, test }: DataSet, split: 'train' | 'test') => {
  const part = split === 'train' ? train : test
  return Array.from({ length: part.count }, (_, i) => Buffer.from(imageAt(part, i)).toString('hex'))
}

describe('a validation share', () => {
  test('is taken from the training images, of each class alike, and none of the test images is left', () => {
    const held = holdOut(data, { share: 0.2, seed: 1 })
    expect([held.train.count, held.test.count]).toEqual([72, 18])
    for (const label of [0, 1, 2]) expect(held.test.labels.filter(one => one === label)).toHaveLength(6)
    const all = [...images(held, 'train'), ...images(held, 'test')].sort()
    expect(all).toEqual(images(data, 'train').sort())
    const real = new Set(images(data, 'test'))
    expect(all.some(image => real.has(image))).toBe(false)
  })

  test('is the same for the same seed and another one for another', () => {
    const of = (seed: number) => images(holdOut(data, { share: 0.2, seed }), 'test')
    expect(of(1)).toEqual(of(1))
    expect(of(1)).not.toEqual(of(2))
  })

  test('leaves two of each class to train with, and is refused where there is nothing to leave out', () => {
    expect(holdOut(data, { share: 0.99, seed: 1 }).train.count).toBe(6)
    expect(() => holdOut(data, { share: 0.001, seed: 1 })).toThrow(/too few training images/)
  })
})
