import { expect, test } from 'vitest'
import type { Figure } from '../../../bench/figure.ts'
import { digits, figureTable, markdown, targetTable } from '../../../bench/report.ts'
import { judge } from '../../../bench/targets.ts'

const five = (value: number): number[] => Array.from({ length: 5 }, () => value)

const figure: Figure = {
  id: 'iteration/default',
  title: 'An iteration',
  unit: 'ms',
  contenders: [
    { name: 'ours', samples: five(10) },
    { name: 'PyTorch, fused Adam', samples: five(20) },
    { name: 'Keras', unavailable: 'It could not be installed.' },
  ],
}

test('a table tells medians, quartiles, ratios and who could not be measured', () => {
  expect(figureTable(figure)).toBe(
    [
      '| An iteration | ms | ours / theirs |',
      '|---|---|---|',
      '| ours | 10.0 (10.0 – 10.0) |  |',
      '| PyTorch, fused Adam | 20.0 (20.0 – 20.0) | 0.500 (0.500 – 0.500) |',
      '| Keras | not available | It could not be installed. |',
    ].join('\n'),
  )
})

test('fewer than five rounds are said under the table', () => {
  const one = { ...figure, contenders: [{ name: 'ours', samples: [1] }] }
  expect(figureTable(one)).toMatch(/\n\n1 round\.$/)
})

test('a figure that others disturbed says so', () => {
  const contender = { name: 'ours', samples: five(10), othersBusy: [0, 0.1, 0.9, 0.6, 0.4] }
  expect(figureTable({ ...figure, contenders: [contender] })).toMatch(/Others kept 40% of the cores busy/)
  const quiet = { ...contender, othersBusy: five(0.02) }
  expect(figureTable({ ...figure, contenders: [quiet] })).not.toContain('Others')
})

test('a target measured while others kept the cores busy is neither reached nor missed', () => {
  const contenders = [
    { name: 'ours', samples: five(1), othersBusy: five(0.9) },
    { name: 'PyTorch, fused Adam', samples: five(20), othersBusy: five(0.9) },
  ]
  const table = targetTable(judge([{ ...figure, contenders }]))
  expect(table).toContain('| 0.05 x | unknown: others kept the cores busy |')
})

test('memory does not mind who else computes', () => {
  const contenders = [
    { name: 'ours', samples: five(90), othersBusy: five(0.9) },
    { name: 'PyTorch script', samples: five(100), othersBusy: five(0.9) },
  ]
  const memory: Figure = { id: 'memory/60000', title: 'Peak memory', unit: 'MB', contenders }
  expect(targetTable(judge([memory]))).toContain('| 0.90 x | yes |')
})

test('parts of the first contender are told as shares', () => {
  const parts = {
    ...figure,
    parts: true,
    contenders: [figure.contenders[0], { name: 'half', samples: five(5) }],
  }
  expect(figureTable(parts as Figure)).toContain('| half | 5.00 (5.00 – 5.00) | 50% |')
})

test('without our own figure the others stand without a ratio', () => {
  const contenders = [
    { name: 'ours', unavailable: 'It broke.' },
    { name: 'theirs', samples: five(2) },
  ]
  expect(figureTable({ ...figure, contenders })).toContain('| theirs | 2.00 (2.00 – 2.00) |  |')
})

test('a target is reached, missed or not measured', () => {
  const table = targetTable(judge([figure]))
  expect(table).toContain('fused Adam (default job) | 0.50 x | yes |')
  expect(table).toContain('| 4 | wasm takes at most 300 ms an iteration |  | not measured |')
  const missed = {
    ...figure,
    contenders: [{ name: 'ours', samples: five(22) }, ...figure.contenders.slice(1)],
  }
  expect(targetTable(judge([missed]))).toContain('| 1.10 x | **no** |')
})

test('the products alone are judged by the faster library', () => {
  const contenders = [
    { name: 'ours', samples: five(13) },
    { name: 'the eight products alone, TensorFlow', samples: five(13) },
    { name: 'the eight products alone, PyTorch', samples: five(10) },
  ]
  const products = judge([{ ...figure, contenders }]).find(({ target }) => target.includes('products alone'))
  expect(products).toMatchObject({ measured: '1.30 x', reached: true })
})

test('numbers keep three digits that count', () => {
  expect([0.00712, 0.9996, 1.234, 23.46, 163.2, 1110].map(digits)).toEqual([
    '0.00712',
    '1.00',
    '1.23',
    '23.5',
    '163',
    '1,110',
  ])
})

test('the report says where its figures come from', () => {
  const text = markdown({
    made: '2030-01-02T03:04:05.000Z',
    quick: true,
    rounds: 5,
    machine: {
      processor: 'A processor',
      cores: 2,
      memoryGB: 24,
      system: 'Linux 6 x64',
      versions: { Node: '24.1.0', torch: '2.0' },
      busy: { before: 0.02, after: 0.5 },
      load: 0.4,
    },
    figures: [figure],
    targets: judge([figure]),
  })
  expect(text).toContain('A processor, 2 cores, 24 GB, Linux 6 x64. Node 24.1.0, torch 2.0.')
  expect(text).toContain('Others kept 2% of the cores busy before, 50% after.')
  expect(text).toContain('This was a quick run')
})
