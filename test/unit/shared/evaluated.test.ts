import { describe, expect, test } from 'vitest'
import { endsWithInWords, evaluatedInWords, evaluatedOf } from '../../../src/shared/evaluated.ts'

const settings = { validationShare: 0.2, patience: 2, iterations: 100 }
const list = (...accuracies: number[]) =>
  accuracies.map((accuracy, i) => ({ iteration: 10 * (i + 1), accuracy }))

describe('what evaluations come to', () => {
  test('is nothing before the first, and the first of the best after that', () => {
    expect(evaluatedOf([], settings)).toBeUndefined()
    expect(evaluatedOf(list(0.5, 0.8, 0.8), settings)).toEqual({
      on: 'validation',
      count: 3,
      best: { iteration: 20, accuracy: 0.8 },
      stoppedEarly: false,
    })
    expect(evaluatedOf(list(0), settings)?.best).toEqual({ iteration: 10, accuracy: 0 })
  })

  test('ends the training once patience is used up, again after as many more, and never at the last iteration', () => {
    const ended = (...accuracies: number[]) => evaluatedOf(list(...accuracies), settings)?.stoppedEarly
    expect([ended(0.5), ended(0.5, 0.4), ended(0.5, 0.4, 0.5)]).toEqual([false, false, true])
    expect([ended(0.5, 0.4, 0.5, 0.1), ended(0.5, 0.4, 0.5, 0.1, 0.1)]).toEqual([false, true])
    expect(ended(0.5, 0.4, 0.6, 0.1)).toBe(false)
    expect(evaluatedOf(list(0.5, 0.4, 0.4), { ...settings, iterations: 30 })?.stoppedEarly).toBe(false)
    expect(evaluatedOf(list(0.5, 0.4, 0.4), { ...settings, patience: 0 })?.stoppedEarly).toBe(false)
  })

  test('on test images chooses nothing', () => {
    const shown = evaluatedOf(list(0.5, 0.4, 0.4), { ...settings, validationShare: 0 })
    expect(shown).toEqual({ on: 'test', count: 3, best: null, stoppedEarly: false })
  })

  test('is told in plain words', () => {
    const best = { iteration: 900, accuracy: 0.873 }
    const chosen = { on: 'validation', count: 12, best, stoppedEarly: false } as const
    expect(endsWithInWords(chosen)).toBe('best of 12 evaluations, at iteration 900')
    expect(evaluatedInWords(chosen)).toBe(
      'It has the network of the best of 12 evaluations, at iteration 900: 87.3% of the validation images were named rightly.',
    )
    expect(evaluatedInWords({ ...chosen, stoppedEarly: true })).toMatch(
      / Stopped early: none was better since\.$/,
    )
    expect(evaluatedInWords({ on: 'test', count: 1, best: null, stoppedEarly: false })).toBe(
      'It has the last network, after 1 evaluation on the test images: they are for showing only.',
    )
  })
})
