import { describe, expect, it } from 'vitest'
import {
  labelsContaining,
  parseNumbers,
} from '../../../../../src/renderer/explorer/selection/parse-numbers.ts'

const numbers = (text: string) => {
  const parsed = parseNumbers(text, 200)
  return 'set' in parsed ? Array.from(parsed.set.indices) : parsed.fault
}

describe('numbers of images', () => {
  it('are read one by one and as ranges, whatever divides them', () => {
    expect(numbers('5, 7, 100-103')).toEqual([5, 7, 100, 101, 102, 103])
    expect(numbers(' 7;5 5\n0 ')).toEqual([0, 5, 7])
    expect(numbers('10 – 12, 199')).toEqual([10, 11, 12, 199])
  })

  it('are refused in words where they mean nothing', () => {
    expect(numbers('')).toMatch(/^Write numbers/)
    expect(numbers('5, six')).toBe('“six” is no number and no range such as 100-120.')
    expect(numbers('-3')).toMatch(/“-3” is no number/)
    expect(numbers('1.5')).toMatch(/“1.5” is no number/)
    expect(numbers('9-3')).toBe('The range 9-3 ends before it begins.')
    expect(numbers('0-200')).toBe('There is no image 200: the last is 199.')
  })
})

it('finds labels by a part of their name, and an exact name alone', () => {
  const classes = ['T-shirt', 'Shirt', 'Ankle boot', '1', '10']
  expect(labelsContaining('SHIRT', classes)).toEqual([1])
  expect(labelsContaining('shi', classes)).toEqual([0, 1])
  expect(labelsContaining(' boot ', classes)).toEqual([2])
  expect(labelsContaining('1', classes)).toEqual([3])
  expect(labelsContaining('hat', classes)).toEqual([])
  expect(labelsContaining('  ', classes)).toEqual([])
})
