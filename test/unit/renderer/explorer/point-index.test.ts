import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type IndexWorker,
  treeOf,
  WorkerIndexBuilder,
} from '../../../../src/renderer/explorer/index-builder.ts'
import { PointIndex, whenQuiet } from '../../../../src/renderer/explorer/point-index.ts'
import { everyone, manyPoints, sceneOf } from './scenes.ts'

const view = { scaleX: 500, scaleY: 500, originX: 0, originY: 500 }
/** Builds at once. */
const atOnce = (job: () => void) => {
  job()
  return () => {}
}
const never = () => () => {}

describe('point index', () => {
  it('finds the same point with the index as without', async () => {
    const scene = manyPoints(3000)
    const built = new PointIndex(atOnce)
    const unbuilt = new PointIndex(never)
    built.renew(scene)
    unbuilt.renew(scene)
    await vi.waitUntil(() => built.isBuilt(scene))
    const shown = (index: number) => scene.labels[index] !== 4
    const pixel = fc.integer({ min: -20, max: 520 })
    fc.assert(
      fc.property(pixel, pixel, (x, y) => {
        const found = built.pick(scene, view, x, y, 14, shown)
        expect(found).toBe(unbuilt.pick(scene, view, x, y, 14, shown))
        if (found >= 0) expect(scene.labels[found]).not.toBe(4)
      }),
    )
    expect(built.builds).toBe(1)
    expect(unbuilt.builds).toBe(0)
  })

  it('finds nothing farther away than the reach', async () => {
    const scene = sceneOf([[0.5, 0.5, 0]])
    const index = new PointIndex(atOnce)
    index.renew(scene)
    await vi.waitUntil(() => index.isBuilt(scene))
    expect(index.pick(scene, view, 250 + 14, 250, 14, everyone)).toBe(0)
    expect(index.pick(scene, view, 250 + 14.1, 250, 14, everyone)).toBe(-1)
  })

  it('finds the point on top where several lie at one place', () => {
    const scene = sceneOf([
      [0.5, 0.5, 0],
      [0.5, 0.5, 1],
    ])
    expect(new PointIndex(never).pick(scene, view, 250, 250, 14, everyone)).toBe(1)
  })

  it('never finds a point that is not a number', async () => {
    const scene = sceneOf([
      [Number.NaN, Number.NaN, 0],
      [0.5, Number.NaN, 0],
    ])
    for (const idle of [atOnce, never]) {
      const index = new PointIndex(idle)
      index.renew(scene)
      if (idle === atOnce) await vi.waitUntil(() => index.isBuilt(scene))
      expect(index.pick(scene, view, 250, 250, Number.POSITIVE_INFINITY, everyone)).toBe(-1)
    }
  })
})

describe('the index of many points', () => {
  const worker = () => {
    const handlers: Pick<IndexWorker, 'onmessage' | 'onerror'> = { onmessage: null, onerror: null }
    return Object.assign(handlers, { postMessage: vi.fn(), terminate: vi.fn() })
  }
  const message = (data: unknown) => ({ data }) as MessageEvent
  const scene = sceneOf([])
  const many = {
    ...scene,
    count: 100_001,
    values: new Float32Array(200_002),
    labels: new Uint16Array(100_001),
  }

  it('is built by a worker, which is sent a copy of the coordinates and ends with its work', async () => {
    const made = worker()
    const index = new PointIndex(atOnce, new WorkerIndexBuilder(() => made))
    index.renew(many)
    const [xy, transfer] = made.postMessage.mock.calls[0] as [Float32Array, ArrayBuffer[]]
    expect(xy).toHaveLength(200_002)
    expect(xy).not.toBe(many.values)
    expect(transfer).toEqual([xy.buffer])
    expect(index.isBuilt(many)).toBe(false)
    made.onmessage?.call(made as unknown as Worker, message(treeOf(xy).data))
    await vi.waitUntil(() => index.isBuilt(many))
    expect(made.terminate).toHaveBeenCalledOnce()
    expect(index.pick(many, view, 0, 500, 14, everyone)).toBe(100_000)
  })

  it('is given up as soon as other points come', async () => {
    const made = worker()
    const index = new PointIndex(atOnce, new WorkerIndexBuilder(() => made))
    index.renew(many)
    index.renew(null)
    expect(made.terminate).toHaveBeenCalledOnce()
    await Promise.resolve()
    expect(index.isBuilt(many)).toBe(false)
  })
})

describe('point index over time', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('is built for points that stay, and never while frames stream', () => {
    const index = new PointIndex(whenQuiet)
    for (let frame = 0; frame < 20; frame++) {
      index.renew(manyPoints(100))
      vi.advanceTimersByTime(500)
    }
    expect(index.builds).toBe(0)
    vi.advanceTimersByTime(5000)
    expect(index.builds).toBe(1)
  })

  it('is not built any more once it is disposed of', () => {
    const index = new PointIndex(whenQuiet)
    index.renew(manyPoints(100))
    index.dispose()
    vi.advanceTimersByTime(5000)
    expect(index.builds).toBe(0)
  })
})
