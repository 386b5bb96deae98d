import { describe, expect, test } from 'vitest'
import { planRuns } from '../../../../src/main/engine/sweeps/plan-runs.ts'
import {
  type AxisDraft,
  newAxis,
  newDraft,
  requestOf,
} from '../../../../src/renderer/runs/sweeps/sweep-form.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'

const draftOf = (...axes: AxisDraft[]) => ({ ...newDraft(defaults), axes })
const axesOf = (...axes: AxisDraft[]) => {
  const request = requestOf(draftOf(...axes), defaults)
  return typeof request === 'string' ? request : request.axes
}

describe('the form of a sweep', () => {
  test('begins with the value that holds now', () => {
    expect(requestOf(newDraft(defaults), defaults)).toEqual({
      base: defaults,
      axes: [{ kind: 'list', name: 'margin', values: [0.3] }],
      choice: { kind: 'grid' },
      seeds: [1],
      validation: 0.2,
    })
  })

  test('reads values of each kind', () => {
    expect(axesOf({ ...newAxis('hiddenSizes', defaults), list: '256, 512x256' })).toEqual([
      { kind: 'list', name: 'hiddenSizes', values: [[256], [512, 256]] },
    ])
    expect(axesOf({ ...newAxis('encoder', defaults), ticked: ['mlp', 'cnn'] })).toEqual([
      { kind: 'list', name: 'encoder', values: ['mlp', 'cnn'] },
    ])
    expect(axesOf(newAxis('batchNorm', defaults))).toEqual([
      { kind: 'list', name: 'batchNorm', values: [true, false] },
    ])
  })

  test('a range is divided for a grid, and drawn from whole otherwise', () => {
    const rates: AxisDraft = {
      ...newAxis('learningRate', defaults),
      by: 'log',
      from: '1e-4',
      to: '1e-2',
      steps: '3',
    }
    const grid = requestOf(draftOf(rates), defaults)
    if (typeof grid === 'string') throw new Error(grid)
    expect(planRuns('t', grid).map(({ values }) => values['learningRate'])).toEqual([1e-4, 1e-3, 1e-2])
    const random = requestOf({ ...draftOf(rates), choice: 'random', count: '7' }, defaults)
    if (typeof random === 'string') throw new Error(random)
    expect(random.axes[0]).not.toHaveProperty('steps')
    expect(planRuns('t', random)).toHaveLength(7)
  })

  test.each<[string, Partial<ReturnType<typeof newDraft>>, RegExp]>([
    ['an empty value', { axes: [{ ...newAxis('margin', defaults), list: '1,,2' }] }, /commas between/],
    ['a wrong value', { axes: [{ ...newAxis('margin', defaults), list: '-1' }] }, /Margin must be/],
    ['nothing ticked', { axes: [{ ...newAxis('encoder', defaults), ticked: [] }] }, /tick at least one/],
    ['a seed', { seeds: '1, x' }, /A seed must be a number/],
    ['a share', { validation: '95' }, /from 0 to 90/],
    ['a count', { choice: 'random', count: '0' }, /whole number from 1/],
  ])('%s is told in words', (_, change, words) => {
    expect(requestOf({ ...newDraft(defaults), ...change }, defaults)).toMatch(words)
  })
})
