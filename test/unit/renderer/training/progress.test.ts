import { describe, expect, test } from 'vitest'
import { announcement, percentOf, secondsLeft } from '../../../../src/renderer/training/progress.ts'
import { noTraining, type Phase, phases, type Training } from '../../../../src/shared/contract.ts'

const at = (iteration: number, phase: Phase = 'running', more: Partial<Training> = {}): Training => ({
  ...noTraining,
  training: 1,
  phase,
  iteration,
  iterations: 1000,
  ...more,
})

describe('progress', () => {
  test('is 100 percent at the last iteration and not before', () => {
    expect([0, 9, 10, 999, 1000].map(iteration => percentOf(at(iteration)))).toEqual([0, 0, 1, 99, 100])
    expect(percentOf(noTraining)).toBe(0)
  })

  test('says how long is left at the present speed, and nothing while nothing runs', () => {
    expect(secondsLeft(at(400, 'running', { iterationsPerSecond: 50 }))).toBe(12)
    expect(secondsLeft(at(400, 'paused'))).toBeNull()
  })
})

describe('announcements', () => {
  test('come once for every tenth, however many iterations a step takes', () => {
    const steps = [0, 40, 99, 100, 101, 180, 350, 351, 999]
    const said = steps.slice(1).map((iteration, i) => announcement(at(steps[i] ?? 0), at(iteration)))
    expect(said).toEqual([null, null, '10 percent.', null, null, '30 percent.', null, '90 percent.'])
  })

  test('come for every change of phase but back to idle', () => {
    const said = phases.map(phase =>
      announcement(at(500, phase === 'running' ? 'embedding' : 'running'), at(500, phase)),
    )
    expect(said).toEqual([
      null,
      'Training has begun.',
      'Paused at 50 percent.',
      'Placing all images.',
      'Measuring quality.',
      'Saving the run.',
      'Stopped.',
      'Training failed.',
    ])
    expect(announcement(at(1000, 'saving'), at(1000, 'done'))).toBe('Done.')
    expect(announcement(at(500, 'paused'), at(500))).toBe('Training goes on.')
    expect(announcement(at(1000, 'done'), at(0, 'running', { training: 2 }))).toBe('Training has begun.')
  })

  test('say why a training failed', () => {
    const error = { kind: 'out-of-memory' as const, message: 'The memory is full.' }
    const notice = 'Nothing was saved.'
    expect(announcement(at(0), at(0, 'idle', { notice }))).toBe(notice)
    expect(announcement(at(5), at(5, 'failed', { error }))).toBe('Training failed. The memory is full.')
  })
})
