import { describe, expect, it } from 'vitest'
import { momentOf, neighboursText, pointText, titleOf } from '../../../../src/renderer/explorer/wording.ts'

describe('wording', () => {
  it("has the recipe's title for digits, and names other data", () => {
    expect(titleOf({ name: 'digits' }, 2)).toBe('2-D feature representation of digit images')
    expect(titleOf({ name: 'faces' }, 3)).toBe('3-D feature representation of images of faces')
  })

  it('says when points are of different moments', () => {
    expect(momentOf({ iteration: 1200, oldestIteration: 1200 })).toBe('Iteration 1,200')
    expect(momentOf({ iteration: 1200, oldestIteration: 1150 })).toContain('the oldest from 1,150')
    expect(momentOf({ iteration: 0, oldestIteration: 0 }, true)).toBe('By the imported encoder')
  })

  it('reads a point and the neighbours of a query', () => {
    expect(pointText({ split: 'test', index: 12 }, '7', Float32Array.of(0.25, -1.5))).toBe(
      'Class 7, test image 12, at 0.25 and -1.5',
    )
    const neighbours = { indices: Int32Array.of(4, 9), distances: Float64Array.of(0.01, 0.5) }
    expect(neighboursText('Test image 3', neighbours, index => `c${index}`)).toBe(
      'Nearest to Test image 3, nearest first: c4 at 0.0100, c9 at 0.5000',
    )
  })
})
