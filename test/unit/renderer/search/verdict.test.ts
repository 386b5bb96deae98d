import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  distanceText,
  isSimilar,
  majorityText,
  presetOf,
  scaleEnd,
  verdictText,
} from '../../../../src/renderer/search/verdict.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'

const quality = { knnAccuracy: null, precisionAt9: null, auc: null, eer: null, eerThreshold: 0.21 }

describe('verdict', () => {
  it('is similar up to the threshold and dissimilar beyond', () => {
    expect(isSimilar(0.2, 0.2)).toBe(true)
    expect(isSimilar(0.2001, 0.2)).toBe(false)
    expect(verdictText(0.2, 0.2)).toMatch(/^Similar:/)
    expect(verdictText(0.3, 0.2)).toMatch(/^Dissimilar:/)
    expect(verdictText(Number.NaN, 0.2)).toContain('diverged')
  })

  it('starts from the equal-error threshold, or half the margin until there is one, or not at all', () => {
    expect(presetOf({ quality, hyperparameters: defaults })?.threshold).toBe(0.21)
    expect(
      presetOf({ quality: { ...quality, eerThreshold: null }, hyperparameters: defaults })?.threshold,
    ).toBe(0.15)
    expect(presetOf({ quality: null, hyperparameters: { ...defaults, margin: 2 } })?.threshold).toBe(1)
    expect(presetOf({ quality: null, hyperparameters: null })).toBeNull()
  })

  it('has a scale that ends at a round number beyond both', () => {
    expect(scaleEnd(null, 0.21)).toBe(0.5)
    expect(scaleEnd(3.3, 0.21)).toBe(5)
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(positive, positive, (distance, preset) => {
        const end = scaleEnd(distance, preset)
        expect(end).toBeGreaterThan(Math.max(distance, preset))
        expect(end).toBeLessThan(Math.max(distance, preset * 2) * 3)
      }),
    )
  })

  it('writes distances with the digits that they mean', () => {
    expect([0, 0.01934, 1.5, 1234.5, 2e-7].map(distanceText)).toEqual([
      '0.0000',
      '0.0193',
      '1.500',
      '1234.5',
      '2.00e-7',
    ])
    expect(distanceText(Number.NaN)).toBe('not a number')
  })

  it('says what most neighbours are', () => {
    expect(majorityText(['3', '5', '3'])).toBe('2 of 3 are of class 3.')
    expect(majorityText(['3', '3'])).toBe('All 2 are of class 3.')
    expect(majorityText(['7', '5'])).toBe('1 of 2 are of class 7.')
    expect(majorityText([])).toBe('There are no others.')
  })
})
