import { expect, test } from 'vitest'
import {
  formatCount,
  formatDuration,
  formatMeasure,
  formatShare,
  formatSpeed,
} from '../../../../src/renderer/ui/format.ts'

test('durations are minutes and seconds, and hours when there are any', () => {
  expect([0, 7.4, 59.6, 754, 3723].map(formatDuration)).toEqual(['0:00', '0:07', '1:00', '12:34', '1:02:03'])
})

test('numbers keep the digits that matter', () => {
  expect(formatCount(12_345)).toBe('12,345')
  expect([0.023_456, 12.3456, Number.NaN].map(formatMeasure)).toEqual(['0.02346', '12.35', '–'])
  expect([0.7974, 1, null].map(formatShare)).toEqual(['79.7%', '100.0%', '–'])
  expect([0.25, 9.96, 512.6].map(formatSpeed)).toEqual(['0.3', '10.0', '513'])
})
