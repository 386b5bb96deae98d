import { describe, expect, it } from 'vitest'
import {
  umapDefaults,
  umapFault,
  umapFields,
  umapSettings,
} from '../../../../src/renderer/projection/umap-fields.ts'
import {
  componentName,
  progressText,
  roughly,
  umapSeconds,
  varianceText,
} from '../../../../src/renderer/projection/wording.ts'

describe('words about projections', () => {
  it('name components by rank and share', () => {
    expect(componentName(0, 0.4321)).toBe('PC 1 (43.2%)')
    expect(varianceText([0.5, 0.25], 8)).toBe(
      'These 2 components hold 75.0% of the variance of all 8 features.',
    )
  })

  it.each([
    [0.4, 'a second'],
    [7.4, '7 seconds'],
    [44, '40 seconds'],
    [300, '5 minutes'],
  ])('%d seconds are %s', (seconds, text) => expect(roughly(seconds)).toBe(text))

  it('tell what is being done and what is left by the pace so far', () => {
    expect(progressText({ step: 'layout', share: 0.25 }, 2000)).toBe('Laying out: 25%, 6 seconds left')
    expect(progressText({ step: 'graph', share: 0 }, 2000)).toBe('Joining them…')
    expect(progressText({ step: 'neighbours', share: 0 }, 0)).toBe('Finding neighbours: 0%')
  })

  it('warn of minutes for tens of thousands of points', () => {
    expect(roughly(umapSeconds(5000, 8))).toMatch(/^\d seconds$/)
    expect(roughly(umapSeconds(60_000, 64))).toMatch(/minutes$/)
  })
})

describe("UMAP's fields", () => {
  it('have defaults that can be used', () => {
    expect(umapSettings(umapDefaults, 2)).toEqual({
      dimensions: 2,
      neighbours: 15,
      minDistance: 0.1,
      seed: 1,
    })
  })

  it.each(['', 'x', '1', '2.5', '201'])('refuse %j neighbours in words', text => {
    expect(umapFault(umapFields[0]!, text)).toBe('Neighbours must be a whole number from 2 to 200.')
    expect(umapSettings({ ...umapDefaults, neighbours: text }, 2)).toBe(null)
  })
})
