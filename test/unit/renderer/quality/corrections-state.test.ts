import { expect, test } from 'vitest'
import { createCorrections } from '../../../../src/renderer/quality/corrections-state.ts'
import type { Correction } from '../../../../src/shared/contract.ts'
import { TwinlensError } from '../../../../src/shared/errors.ts'
import { settle, trainedEngine } from '../search/engines.ts'

const one: Correction = { split: 'test', index: 3, decision: 'exclude', label: 3 }
const other: Correction = { split: 'train', index: 8, decision: 'relabel', label: 1 }

async function setup() {
  const { engine } = await trainedEngine()
  const state = createCorrections(engine)
  await settle()
  const list = () => state.corrections.value?.list.map(({ original: _, ...correction }) => correction)
  return { engine, state, list }
}

test('every decision can be taken back, one after another, also that all were cleared', async () => {
  const { state, list } = await setup()
  expect(list()).toEqual([])
  await state.decide(one)
  await state.decide(other)
  await state.decide({ ...one, decision: 'keep' })
  await state.clear()
  expect(list()).toEqual([])
  await state.undo()
  expect(list()).toHaveLength(2)
  await state.undo()
  expect(list()).toContainEqual(one)
  expect(list()).toContainEqual(other)
  await state.undo()
  expect(list()).toEqual([one])
  await state.undo()
  expect(list()).toEqual([])
  expect(state.canUndo.value).toBe(false)
})

test('what the engine refuses is said, and nothing to take back', async () => {
  const { engine, state } = await setup()
  const client = {
    ...engine.client,
    correct: () => Promise.reject(new TwinlensError('disk-full', 'The disk is full.')),
  }
  const failing = createCorrections({ client, data: engine.data })
  await settle()
  await failing.decide(one)
  expect(failing.fault.value).toMatch(/The disk is full/)
  expect(failing.canUndo.value).toBe(false)
  expect(state.corrections.value?.list).toEqual([])
})
