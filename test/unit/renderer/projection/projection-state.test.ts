import { describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { newEngineState } from '../../../../src/renderer/engine-state.ts'
import { createExplorerState } from '../../../../src/renderer/explorer/explorer-state.ts'
import { principalComponents, project } from '../../../../src/renderer/projection/pca.ts'
import { createProjection } from '../../../../src/renderer/projection/projection-state.ts'
import { Projector } from '../../../../src/renderer/projection/projector.ts'
import { seededRandom } from '../../../../src/renderer/projection/seeded-random.ts'
import type { Points } from '../../../../src/shared/contract.ts'
import { ProjectionWorkers } from '../../../fakes/projection-workers.ts'

const random = seededRandom(1)
const pointsOf = (iteration: number, { training = 1, count = 40, size = 4 } = {}): Points => ({
  training,
  iteration,
  oldestIteration: iteration,
  size,
  values: Float32Array.from({ length: count * size }, (_, i) => random() * ((i % size) + 1)),
})

function setUp(first: Points | null = pointsOf(1)) {
  const workers = new ProjectionWorkers()
  const engine = newEngineState()
  engine.points.value = first
  return effectScope().run(() => {
    const explorer = createExplorerState(engine)
    const projection = createProjection(explorer, new Projector(workers.start))
    return { ...explorer, ...projection, points: engine.points, workers }
  })!
}

describe('PCA', () => {
  it('is shown in the place of the features, and follows the training with signs that stay', async () => {
    const first = pointsOf(1)
    const { method, projected, shown, points, components, stale, workers } = setUp(first)
    expect(shown.value).toBe(first)
    method.value = 'pca'
    await workers.run()
    const expected = principalComponents(first.values, 4, 2)
    expect(shown.value?.values).toEqual(project(first.values, 4, expected))
    expect(shown.value?.size).toBe(2)
    expect(projected.value?.names[0]).toMatch(/^PC 1 \(\d+\.\d%\)$/)

    const second = { ...pointsOf(2), values: first.values.map(value => -value) }
    points.value = second
    // Until the next is there, the one before stays, as the moment that it is of.
    expect(stale.value).toBe(true)
    expect(shown.value?.iteration).toBe(1)
    await workers.run()
    expect(shown.value?.iteration).toBe(2)
    expect(components.value?.axes).toEqual(expected.axes)
    expect(workers.started).toBe(1)
  })

  it('leaves out the moments that came while one was made', async () => {
    const { method, points, shown, workers } = setUp()
    method.value = 'pca'
    for (let i = 2; i < 6; i++) points.value = pointsOf(i)
    expect(workers.waiting).toHaveLength(1)
    await workers.run()
    expect(workers.waiting).toHaveLength(1)
    await workers.run()
    expect(shown.value?.iteration).toBe(5)
  })

  it('places another point as it places its own', async () => {
    const first = pointsOf(1)
    const { method, projected, shown, workers } = setUp(first)
    method.value = 'pca'
    await workers.run()
    expect(projected.value?.place(first.values.subarray(8, 12))).toEqual(shown.value?.values.subarray(4, 6))
  })

  it('gives way to the features at once', async () => {
    const { method, points, shown, workers } = setUp()
    method.value = 'pca'
    await workers.run()
    method.value = 'features'
    expect(shown.value).toBe(points.value)
  })

  it('is not for two features', async () => {
    const two = pointsOf(1, { size: 2 })
    const { method, possible, shown, workers } = setUp(two)
    expect(possible.value).toBe(false)
    method.value = 'pca'
    await workers.run()
    expect(shown.value).toBe(two)
  })
})

describe('UMAP', () => {
  it('is made when asked for, tells how far it is, and stays when points move on', async () => {
    const { method, dimensions, texts, makeUmap, working, made, stale, points, shown, workers } = setUp()
    method.value = 'umap'
    dimensions.value = 3
    texts.value = { neighbours: '5', minDistance: '0.2', seed: '3' }
    expect(shown.value).toBe(points.value)
    const making = makeUmap()
    expect(working.value?.step).toBe('neighbours')
    await workers.run()
    await making
    expect(working.value).toBe(null)
    expect(made.value).toEqual({ dimensions: 3, neighbours: 5, minDistance: 0.2, seed: 3 })
    expect(shown.value?.values).toHaveLength(40 * 3)
    expect(stale.value).toBe(false)
    points.value = pointsOf(2)
    expect(stale.value).toBe(true)
    expect(shown.value?.iteration).toBe(1)
    points.value = pointsOf(1, { training: 2 })
    expect(shown.value).toBe(points.value)
  })

  it('is cancelled at once, and can be made after that', async () => {
    const { method, cancel, makeUmap, working, failed, points, shown, workers } = setUp()
    method.value = 'umap'
    const cancelled = makeUmap()
    cancel()
    await cancelled
    expect(working.value).toBe(null)
    expect(failed.value).toBe(null)
    await workers.run()
    expect(shown.value).toBe(points.value)
    const making = makeUmap()
    await workers.run()
    await making
    expect(shown.value?.size).toBe(2)
    expect(workers.started).toBe(2)
  })

  it('says why it cannot be made: too few points, or points that are no numbers', async () => {
    const few = setUp(pointsOf(1, { count: 10 }))
    few.method.value = 'umap'
    await few.makeUmap()
    expect(few.failed.value).toBe('There are 10 points: fewer neighbours can be asked for.')
    const diverged = pointsOf(1)
    diverged.values[3] = Number.NaN
    const lost = setUp(diverged)
    lost.method.value = 'umap'
    const making = lost.makeUmap()
    await lost.workers.run()
    await making
    expect(lost.failed.value).toContain('no longer numbers')
  })

  it('places another point at its own place where it is one of its own', async () => {
    const first = pointsOf(1)
    const { method, makeUmap, projected, workers } = setUp(first)
    method.value = 'umap'
    const making = makeUmap()
    await workers.run()
    await making
    const { values, place } = projected.value!
    const placed = place(first.values.subarray(4, 8))
    expect(placed[0]).toBeCloseTo(values[2]!, 4)
    expect(placed[1]).toBeCloseTo(values[3]!, 4)
  })
})

it('other images end every projection', async () => {
  const { method, points, shown, workers } = setUp()
  method.value = 'pca'
  await workers.run()
  const others = pointsOf(1, { count: 50 })
  points.value = others
  expect(shown.value).toBe(others)
})
