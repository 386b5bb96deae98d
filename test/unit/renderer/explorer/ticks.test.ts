import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ticksOf } from '../../../../src/renderer/explorer/ticks.ts'

describe('ticks', () => {
  it('are round values inside the range', () => {
    expect(ticksOf(-0.32, 0.31, 5).map(tick => tick.text)).toEqual([
      '−0.3',
      '−0.2',
      '−0.1',
      '0.0',
      '0.1',
      '0.2',
      '0.3',
    ])
    expect(ticksOf(0, 1000, 4).map(tick => tick.text)).toEqual(['0', '200', '400', '600', '800', '1000'])
  })

  it('follow the zoom with as many digits as tell them apart', () => {
    const texts = ticksOf(0.12345, 0.12349, 4).map(tick => tick.text)
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts[0]).toBe('0.12345')
  })

  it('stay apart however deep the zoom and however small or large the values', () => {
    for (const [min, max] of [
      [0.1234567, 0.1234569],
      [-3e-9, 4e-9],
      [1e7, 1e7 + 50],
      [-2e9, 5e9],
    ] as const) {
      const texts = ticksOf(min, max, 5).map(tick => tick.text)
      expect(new Set(texts).size).toBe(texts.length)
      expect(texts.length).toBeGreaterThan(2)
    }
  })

  it('never write a negative zero', () => {
    expect(ticksOf(-2, 2, 4).map(tick => tick.text)).toContain('0')
    expect(ticksOf(-2, 2, 4).map(tick => tick.text)).not.toContain('−0')
  })

  it('are none for an empty or endless range', () => {
    expect(ticksOf(1, 1, 5)).toEqual([])
    expect(ticksOf(0, Number.POSITIVE_INFINITY, 5)).toEqual([])
    expect(ticksOf(Number.NaN, 1, 5)).toEqual([])
    expect(ticksOf(0, 1, 0)).toEqual([])
  })

  it('are never more than twice and never fewer than a third of what was asked for', () => {
    const values = fc.double({ min: -1e4, max: 1e4, noNaN: true })
    const spans = fc.double({ min: 1e-3, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(values, spans, fc.integer({ min: 3, max: 12 }), (min, span, wanted) => {
        const ticks = ticksOf(min, min + span, wanted)
        expect(ticks.length).toBeLessThanOrEqual(wanted * 2)
        expect(ticks.length).toBeGreaterThanOrEqual(Math.floor(wanted / 3))
        for (const { value } of ticks) {
          expect(value).toBeGreaterThanOrEqual(min - span * 1e-6)
          expect(value).toBeLessThanOrEqual(min + span * (1 + 1e-6))
        }
      }),
    )
  })
})
