import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCheap, nameOf, randomIndex } from '../../../../src/renderer/search/queries.ts'
import { picture } from './engines.ts'

describe('queries', () => {
  it('draw any image but the one shown', () => {
    const below1 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), fc.nat(49), below1, (count, besides, share) => {
        const index = randomIndex(count, besides, () => share)
        expect(index).toBeGreaterThanOrEqual(0)
        expect(index).toBeLessThan(count)
        expect(index).not.toBe(besides)
      }),
    )
    expect(randomIndex(3, 1, () => 0.999)).toBe(2)
    expect(randomIndex(1, 0, () => 0.5)).toBe(0)
  })

  it('are called by index or by the name of their file', () => {
    expect(nameOf({ kind: 'test', index: 7 })).toBe('Test image 7')
    expect(nameOf(picture('cat.png', 1))).toBe('cat.png')
  })

  it('are asked again while points move only if they are small', () => {
    expect(isCheap({ kind: 'test', index: 7 })).toBe(true)
    expect(isCheap(picture('cat.png', 50_000))).toBe(true)
    expect(isCheap(picture('cat.png', 5_000_000))).toBe(false)
  })
})
