import { describe, expect, it } from 'vitest'
import {
  nameAmongPoints,
  nameSizeFor,
  wishInSight,
} from '../../../../../src/renderer/explorer/labels/class-names.ts'

const area = { left: 50, top: 10, width: 400, height: 300 }

describe('names among the points', () => {
  it('are smaller where there are many, and never long', () => {
    expect(nameSizeFor(10)).toBeGreaterThan(nameSizeFor(100))
    expect(nameAmongPoints('seven')).toBe('seven')
    expect(nameAmongPoints('Specimen 12 of the coast')).toBe('Specimen 12 of th…')
  })

  it('stand wholly in sight', () => {
    expect(wishInSight(area, 200, 100, 80, 11)).toEqual({ x: 200, y: 100, width: 80, height: 15 })
    expect(wishInSight(area, 55, 100, 80, 11)?.x).toBe(90)
    expect(wishInSight(area, 449, 100, 80, 11)?.x).toBe(410)
  })

  it('of classes out of sight are not there', () => {
    for (const [x, y] of [
      [49, 100],
      [451, 100],
      [200, 9],
      [200, 311],
      [Number.NaN, 100],
    ] as const)
      expect(wishInSight(area, x, y, 80, 11)).toBe(null)
  })
})
