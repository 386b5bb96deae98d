import { describe, expect, test } from 'vitest'
import { hyperparametersOf, planRuns } from '../../../../../src/main/engine/sweeps/plan-runs.ts'
import type { SweepRequest } from '../../../../../src/shared/contract/sweeps.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { parseValue } from '../../../../../src/shared/sweep-values.ts'

const request = (change: Partial<SweepRequest>): SweepRequest => ({
  base: defaults,
  axes: [{ kind: 'list', name: 'margin', values: [0.3, 1] }],
  choice: { kind: 'grid' },
  seeds: [1],
  validation: 0,
  ...change,
})

test('values of evaluation that do not go together are refused before anything is trained', () => {
  const base = { ...defaults, evaluateEvery: 10, patience: 2 }
  const shares = (...values: number[]) => [{ kind: 'list', name: 'validationShare', values } as const]
  expect(() => planRuns('trial', request({ base, axes: shares(0.2, 0) }))).toThrow(/needs a validation share/)
  expect(planRuns('trial', request({ base, axes: shares(0.2, 0.3) }))).toHaveLength(2)
})

describe('a grid', () => {
  test('has every combination with every seed, in order, each a run of its own', () => {
    const runs = planRuns(
      'trial',
      request({
        axes: [
          { kind: 'list', name: 'margin', values: [0.3, 1] },
          { kind: 'list', name: 'hiddenSizes', values: [[8], [8, 4]] },
        ],
        seeds: [5, 6],
      }),
    )
    expect(runs.map(({ values, seed }) => [values['margin'], values['hiddenSizes'], seed])).toEqual([
      [0.3, [8], 5],
      [0.3, [8], 6],
      [0.3, [8, 4], 5],
      [0.3, [8, 4], 6],
      [1, [8], 5],
      [1, [8], 6],
      [1, [8, 4], 5],
      [1, [8, 4], 6],
    ])
    expect(runs.map(({ run }) => run)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(i => `trial 0${i}`))
    expect(hyperparametersOf(defaults, runs[6] as (typeof runs)[number])).toEqual({
      ...defaults,
      margin: 1,
      hiddenSizes: [8, 4],
      seed: 5,
    })
  })

  test('divides a range evenly, by steps or by factors; whole numbers stay whole', () => {
    const values = (name: string, from: number, to: number, scale: 'linear' | 'log', steps: number) =>
      planRuns('t', request({ axes: [{ kind: 'range', name, from, to, scale, steps }] })).map(
        one => one.values[name],
      )
    expect(values('margin', 1, 2, 'linear', 3)).toEqual([1, 1.5, 2])
    expect(values('learningRate', 1e-4, 1e-2, 'log', 3)).toEqual([1e-4, 1e-3, 1e-2])
    expect(values('batchSize', 2, 4, 'linear', 6)).toEqual([2, 3, 4])
  })
})

describe('values drawn at random', () => {
  const drawn = (seed: number, scale: 'linear' | 'log') =>
    planRuns(
      't',
      request({
        axes: [
          { kind: 'range', name: 'learningRate', from: 1e-4, to: 1e-2, scale },
          { kind: 'list', name: 'margin', values: [1, 2] },
        ],
        choice: { kind: 'random', count: 400, seed },
      }),
    ).map(({ values }) => values)

  test('are the same for the same seed, others for another, all within their range', () => {
    expect(drawn(1, 'log')).toEqual(drawn(1, 'log'))
    expect(drawn(1, 'log')).not.toEqual(drawn(2, 'log'))
    const rates = drawn(1, 'linear').map(values => values['learningRate'] as number)
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4)
    expect(Math.max(...rates)).toBeLessThanOrEqual(1e-2)
  })

  test('lie evenly by size or by order of magnitude', () => {
    const below = (scale: 'linear' | 'log') =>
      drawn(3, scale).filter(values => (values['learningRate'] as number) < 1e-3).length / 400
    // Of 0.0001 to 0.01, what is below 0.001 is half by logarithm and 9.1 % by size.
    expect(below('log')).toBeGreaterThan(0.42)
    expect(below('log')).toBeLessThan(0.58)
    expect(below('linear')).toBeLessThan(0.14)
  })
})

describe('what cannot be', () => {
  test.each<[string, Partial<SweepRequest>, RegExp]>([
    ['a name', { axes: [{ kind: 'list', name: 'marge', values: [1] }] }, /no hyperparameter "marge"/],
    ['a value', { axes: [{ kind: 'list', name: 'margin', values: [-1] }] }, /Margin must be/],
    ['a seed', { axes: [{ kind: 'list', name: 'seed', values: [1] }] }, /Seeds are not varied/],
    [
      'a range without steps',
      { axes: [{ kind: 'range', name: 'margin', from: 1, to: 2, scale: 'linear' }] },
      /how many values/,
    ],
    [
      'a logarithm of zero',
      { axes: [{ kind: 'range', name: 'margin', from: 0, to: 2, scale: 'log', steps: 3 }] },
      /no place for 0/,
    ],
    ['too many', { choice: { kind: 'random', count: 10_000, seed: 1 }, seeds: [1, 2] }, /20000 runs/],
  ])('%s is refused in words', (_, change, words) => {
    expect(() => planRuns('t', request(change))).toThrow(words)
  })

  test('values are read by what the hyperparameter is', () => {
    expect(parseValue('margin', '1e-1')).toBe(0.1)
    expect(parseValue('hiddenSizes', '256x128')).toEqual([256, 128])
    expect(parseValue('hiddenSizes', '256')).toEqual([256])
    expect(() => parseValue('margin', 'wide')).toThrow(/"wide": Margin must be/)
    expect(() => parseValue('batchSize', '1.5')).toThrow(/whole number/)
  })
})
