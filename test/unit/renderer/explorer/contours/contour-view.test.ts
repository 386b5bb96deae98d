import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ContourView,
  type ContourWorker,
} from '../../../../../src/renderer/explorer/contours/contour-view.ts'
import { type ContourAsk, contoursOf } from '../../../../../src/renderer/explorer/contours/contouring.ts'
import { everyone, manyPoints } from '../scenes.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const contoured = () => ({
  scene: manyPoints(500),
  sight: { minX: 0, maxX: 1, minY: 0, maxY: 1 },
  area: { left: 0, top: 0, width: 240, height: 120 },
  classes: null,
  isShown: everyone,
})

function newView() {
  const asks: ContourAsk[] = []
  const worker: ContourWorker = {
    onmessage: null,
    postMessage: (ask: ContourAsk) => void asks.push(ask),
    terminate: vi.fn(),
  }
  const traced = vi.fn()
  const view = new ContourView(traced, () => worker)
  const answer = (ask: ContourAsk) =>
    worker.onmessage?.call(worker as Worker, { data: contoursOf(ask) } as MessageEvent)
  return { view, asks, traced, answer, worker }
}

describe('contours of the points', () => {
  it('are asked for once everything rests, however often it moved before', () => {
    const { view, asks } = newView()
    for (let i = 0; i < 10; i++) {
      view.renew(contoured)
      vi.advanceTimersByTime(50)
    }
    expect(asks).toHaveLength(0)
    vi.advanceTimersByTime(500)
    expect(asks).toHaveLength(1)
    expect(asks[0]).toMatchObject({ columns: 60, rows: 30 })
  })

  it('stay until newer ones have come, and an answer that is late counts for nothing', () => {
    const { view, asks, traced, answer } = newView()
    view.renew(contoured)
    vi.advanceTimersByTime(500)
    view.renew(contoured)
    vi.advanceTimersByTime(500)
    answer(asks[0]!)
    expect(view.traced).toBeNull()
    answer(asks[1]!)
    expect(traced).toHaveBeenCalledOnce()
    const now = view.traced
    view.renew(contoured)
    expect(view.traced).toBe(now)
    view.renew(null)
    expect(view.traced).toBeNull()
  })

  it('end with the view, and their worker with them', () => {
    const { view, worker } = newView()
    view.renew(contoured)
    vi.advanceTimersByTime(500)
    view.dispose()
    expect(worker.terminate).toHaveBeenCalledOnce()
  })
})
