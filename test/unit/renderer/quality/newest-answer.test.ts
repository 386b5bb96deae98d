import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newEngineState } from '../../../../src/renderer/engine-state.ts'
import { createNewestAnswer, restMs } from '../../../../src/renderer/quality/newest-answer.ts'
import { noTraining, type Points } from '../../../../src/shared/contract.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setup() {
  const engine = newEngineState()
  let asked = 0
  const newest = createNewestAnswer(engine, async () => {
    asked++
    return engine.points.value?.iteration ?? -1
  })
  const place = (iteration: number, phase: 'running' | 'paused' | 'done') => {
    engine.training.value = { ...noTraining, training: 1, phase, iteration }
    engine.points.value = pointsAt(iteration)
  }
  return { engine, newest, place, asked: () => asked }
}

const pointsAt = (iteration: number): Points => {
  return { training: 1, iteration, oldestIteration: iteration, values: new Float32Array(2), size: 2 }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

test('nothing is asked while nobody looks', async () => {
  const { newest, place, asked } = setup()
  place(1, 'done')
  await settle()
  expect(asked()).toBe(0)
  const looking = new AbortController()
  newest.follow(looking.signal)
  await settle()
  expect(newest.answer.value).toBe(1)
  looking.abort()
  place(2, 'done')
  await settle()
  expect(newest.answer.value).toBe(1)
})

test('while points move it rests between two questions, and the last points are never left out', async () => {
  const { newest, place, asked } = setup()
  newest.follow(new AbortController().signal)
  for (let i = 1; i <= 19; i++) {
    place(i, 'running')
    await vi.advanceTimersByTimeAsync(restMs / 10)
  }
  expect(asked()).toBe(2)
  await vi.advanceTimersByTimeAsync(restMs)
  expect(newest.answer.value).toBe(19)
})

test('a paused or ended training is not waited for', async () => {
  const { newest, place } = setup()
  newest.follow(new AbortController().signal)
  place(1, 'running')
  await settle()
  place(2, 'paused')
  await settle()
  expect(newest.answer.value).toBe(2)
  place(3, 'done')
  await settle()
  expect(newest.answer.value).toBe(3)
})

test('what is gone has no answer', async () => {
  const { engine, newest, place } = setup()
  newest.follow(new AbortController().signal)
  place(1, 'done')
  await settle()
  engine.points.value = null
  await settle()
  expect(newest.answer.value).toBeNull()
})
