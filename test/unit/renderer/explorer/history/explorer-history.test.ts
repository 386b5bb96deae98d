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
import { createProjection, type Projection } from '../../../../../src/renderer/projection/projection-state.ts'
import { Projector } from '../../../../../src/renderer/projection/projector.ts'
import { createTurning, type Turning } from '../../../../../src/renderer/projection/turning.ts'
import type { DataSummary, Points } from '../../../../../src/shared/contract.ts'
import { ProjectionWorkers } from '../../../../fakes/projection-workers.ts'

const summary = (testCount: number): DataSummary => ({
  id: 'digits',
  name: 'digits',
  classes: ['0', '1'],
  height: 1,
  width: 1,
  channels: 1,
  trainCount: 1,
  testCount,
  testLabels: new Uint16Array(testCount),
  corrections: '',
  missing: null,
})
const data = shallowRef<DataSummary | null>(null)
let state: ExplorerState
let history: ExplorerHistory
let clock: number
let workers: ProjectionWorkers
let projection: Projection
let turning: Turning
const points = shallowRef<Points | null>(null)

beforeEach(() => {
  data.value = summary(10)
  clock = 0
  points.value = null
  workers = new ProjectionWorkers()
  effectScope().run(() => {
    state = createExplorerState({ data, points })
    projection = createProjection(state, new Projector(workers.start))
    turning = createTurning(state)
    history = createExplorerHistory(state, { projection, turning }, data, () => clock)
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

it('takes back a projection, its dimensions, its turn and the axes, and shows again at once what had come of them', async () => {
  const values = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i * i))
  points.value = { training: 1, iteration: 1, oldestIteration: 1, size: 4, values }
  const ofPca = async (dimensions: 2 | 3) => {
    await later(() => {
      projection.method.value = 'pca'
      projection.dimensions.value = dimensions
    })
    await workers.run()
    return state.shown.value
  }
  await later(() => {
    state.vertical.value = 3
  })
  const flat = await ofPca(2)
  // Other axes show all there is, a moment later: no step of its own.
  await later(() => {
    state.view.value = { minX: 0, maxX: 1, minY: 0, maxY: 1 }
  })
  const solid = await ofPca(3)
  await later(() => {
    state.view.value = null
  })
  await later(() => turning.turn(1, 0))
  await later(() => turning.turn(1, 0), 100)
  expect([flat?.size, solid?.size]).toEqual([2, 3])
  const turned = turning.rotation.value

  const undone: string[] = []
  const back = async () => {
    undone.push(history.undoWords.value)
    history.undo()
    await nextTick()
  }
  await back()
  expect(turning.rotation.value).not.toBe(turned)
  await back()
  expect(state.shown.value?.values).toBe(flat?.values)
  expect(state.view.value).toEqual({ minX: 0, maxX: 1, minY: 0, maxY: 1 })
  await back()
  await back()
  expect(projection.method.value).toBe('features')
  expect(state.shown.value).toBe(points.value)
  expect(state.vertical.value).toBe(3)
  await back()
  expect(state.vertical.value).toBe(1)
  expect(undone).toEqual([
    'the turn',
    'the projection and the view',
    'the view',
    'the projection and the axes',
    'the axes',
  ])
  expect(history.canUndo.value).toBe(false)

  while (history.canRedo.value) {
    history.redo()
    await nextTick()
  }
  expect(state.shown.value?.values).toBe(solid?.values)
  expect(turning.rotation.value).toBe(turned)
  expect(workers.waiting).toEqual([])
})
