import { describe, expect, it } from 'vitest'
import { PointSet } from '../../../../../src/renderer/explorer/point-set.ts'
import { classCounts, combine, pointsWhere } from '../../../../../src/renderer/explorer/selection/choices.ts'

const set = (...indices: number[]) => PointSet.of(10, indices)
const indicesOf = (of: PointSet | null) => (of === null ? null : Array.from(of.indices))

describe('combining what was found with what was selected', () => {
  it('begins anew, adds, and takes away', () => {
    expect(indicesOf(combine(set(1, 2), set(2, 3), 'new'))).toEqual([2, 3])
    expect(indicesOf(combine(set(1, 2), set(2, 3), 'add'))).toEqual([1, 2, 3])
    expect(indicesOf(combine(set(1, 2), set(2, 3), 'subtract'))).toEqual([1])
    expect(indicesOf(combine(null, set(2, 3), 'add'))).toEqual([2, 3])
  })

  it('is no selection where nothing is left, so that nothing is grey', () => {
    expect(combine(set(1), set(1, 2), 'subtract')).toBeNull()
    expect(combine(set(1), set(), 'new')).toBeNull()
    expect(combine(null, set(1), 'subtract')).toBeNull()
  })
})

it('takes the points that pass', () => {
  expect(indicesOf(pointsWhere(10, index => index % 4 === 1))).toEqual([1, 5, 9])
})

it('counts the classes of a selection', () => {
  const labels = Uint16Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0)
  expect(Array.from(classCounts(set(0, 3, 4, 9), labels, 4))).toEqual([3, 1, 0, 0])
})
