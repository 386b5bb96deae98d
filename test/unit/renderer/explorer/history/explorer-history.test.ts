import { beforeEach, expect, it } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import {
  createExplorerState,
  type ExplorerState,
} from '../../../../../src/renderer/explorer/explorer-state.ts'
import {
  createExplorerHistory,
  type ExplorerHistory,
} from '../../../../../src/renderer/explorer/history/explorer-history.ts'
import { PointSet } from '../../../../../src/renderer/explorer/point-set.ts'
import type { DataSummary } from '../../../../../src/shared/contract.ts'

const summary = (testCount: number): DataSummary => ({
  name: 'digits',
  classes: ['0', '1'],
  height: 1,
  width: 1,
  channels: 1,
  trainCount: 1,
  testCount,
  testLabels: new Uint16Array(testCount),
  corrections: '',
})
const data = shallowRef<DataSummary | null>(null)
let state: ExplorerState
let history: ExplorerHistory
let clock: number

beforeEach(() => {
  data.value = summary(10)
  clock = 0
  effectScope().run(() => {
    state = createExplorerState({ data, points: shallowRef(null) })
    history = createExplorerHistory(state, data, () => clock)
  })
})

async function later(change: () => void, ms = 1000) {
  clock += ms
  change()
  await nextTick()
}

it('takes back every kind of change, in order, and brings each back', async () => {
  const [first, second] = [PointSet.of(10, [1]), PointSet.of(10, [2, 3])]
  await later(() => {
    state.selected.value = first
  })
  await later(() => {
    state.only.value = first
  })
  await later(() => {
    state.hidden.value = new Set([1])
  })
  await later(() => {
    state.colouring.value = { by: 'agreement' }
  })
  await later(() => {
    state.view.value = { minX: 0, maxX: 1, minY: 0, maxY: 1 }
  })
  await later(() => {
    state.selected.value = second
  })
  const undone: string[] = []
  while (history.canUndo.value) {
    undone.push(history.undoWords.value)
    history.undo()
    await nextTick()
  }
  expect(undone).toEqual([
    'the selection',
    'the view',
    'the colours',
    'the filter',
    'the filter',
    'the selection',
  ])
  expect([state.selected.value, state.only.value, state.view.value]).toEqual([null, null, null])
  expect(state.hidden.value.size).toBe(0)
  expect(state.colouring.value).toEqual({ by: 'class' })
  while (history.canRedo.value) {
    history.redo()
    await nextTick()
  }
  expect(state.selected.value).toBe(second)
  expect(state.only.value).toBe(first)
  expect(state.colouring.value).toEqual({ by: 'agreement' })
  expect(state.hidden.value).toEqual(new Set([1]))
  expect(state.view.value).toEqual({ minX: 0, maxX: 1, minY: 0, maxY: 1 })
})

it('forgets what lay ahead once something else is done', async () => {
  await later(() => {
    state.selected.value = PointSet.of(10, [1])
  })
  history.undo()
  await later(() => {
    state.hidden.value = new Set([0])
  })
  expect(history.canRedo.value).toBe(false)
  history.undo()
  await nextTick()
  expect(state.hidden.value.size).toBe(0)
  expect(history.canUndo.value).toBe(false)
})

it('makes one step of a double click in the legend, and of one zoom after another, but not of two selections', async () => {
  await later(() => {
    state.hidden.value = new Set([1])
  })
  await later(() => {
    state.hidden.value = new Set()
  }, 100)
  await later(() => {
    state.hidden.value = new Set([0])
  }, 100)
  history.undo()
  await nextTick()
  expect(history.canUndo.value).toBe(false)
  for (const index of [1, 2])
    await later(() => {
      state.selected.value = PointSet.of(10, [index])
    }, 100)
  history.undo()
  await nextTick()
  expect(state.selected.value?.has(1)).toBe(true)
})

it('forgets everything when other images are opened', async () => {
  await later(() => {
    state.selected.value = PointSet.of(10, [1])
  })
  data.value = summary(20)
  await nextTick()
  expect(history.canUndo.value).toBe(false)
  expect(state.selected.value).toBeNull()
})
