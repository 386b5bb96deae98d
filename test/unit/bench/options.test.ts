import { expect, test } from 'vitest'
import { parseOptions } from '../../../bench/options.ts'

const measures = new Map([
  ['iteration', 'ms an iteration'],
  ['search', 'nearest neighbours'],
])

test('without flags everything is measured, in full', () => {
  const nothing = { rounds: undefined, wait: undefined }
  expect(parseOptions([], measures)).toEqual({ quick: false, only: [], write: false, ...nothing })
})

test('--only takes several measures', () => {
  const { only, quick } = parseOptions(['--quick', '--only', 'search,iteration'], measures)
  expect({ only, quick }).toEqual({ only: ['search', 'iteration'], quick: true })
})

test.each([
  [['--only', 'serch'], 'There is no measure "serch".'],
  [['--rounds', '0'], '--rounds takes a whole number from 1.'],
  [['--fast'], '--fast'],
  [['--wait', 'long'], '--wait takes minutes.'],
  [['--write', '--only', 'search'], '--write needs all measures'],
])('%s is refused with what there is', (args, sentence) => {
  expect(() => parseOptions(args, measures)).toThrow(sentence)
  expect(() => parseOptions(args, measures)).toThrow(/iteration +ms an iteration/)
})
