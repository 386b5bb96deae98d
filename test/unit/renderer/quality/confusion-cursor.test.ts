import { expect, test } from 'vitest'
import { cellAfter } from '../../../../src/renderer/quality/confusion-cursor.ts'

const at = { row: 5, column: 7 }

test.each([
  ['ArrowUp', { row: 4, column: 7 }],
  ['ArrowDown', { row: 6, column: 7 }],
  ['ArrowLeft', { row: 5, column: 6 }],
  ['ArrowRight', { row: 5, column: 8 }],
  ['Home', { row: 5, column: 0 }],
  ['End', { row: 5, column: 99 }],
  ['PageUp', { row: 0, column: 7 }],
  ['PageDown', { row: 15, column: 7 }],
] as const)('%s', (key, to) => {
  expect(cellAfter(key, at, 100)).toEqual(to)
})

test('nothing goes beyond the first and the last class', () => {
  expect(cellAfter('PageDown', at, 8)).toEqual({ row: 7, column: 7 })
  expect(cellAfter('ArrowRight', at, 8)).toEqual(at)
  expect(cellAfter('ArrowUp', { row: 0, column: 0 }, 8)).toEqual({ row: 0, column: 0 })
})

test('other keys go nowhere', () => {
  expect(cellAfter('a', at, 100)).toBeUndefined()
  expect(cellAfter('Enter', at, 100)).toBeUndefined()
})
