// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick, shallowRef, triggerRef } from 'vue'
import type { ChartState } from '../../../../src/renderer/training/chart-canvas.ts'
import { LossStore } from '../../../../src/renderer/training/loss-store.ts'
import { type LossChart, useLossChart } from '../../../../src/renderer/training/use-loss-chart.ts'
import { noTraining } from '../../../../src/shared/contract.ts'

const colours = {
  raw: '',
  band: '',
  smooth: '',
  quality: '',
  rate: '',
  grid: '',
  text: '',
  background: '',
  font: '',
}

/** Frames as the test says, none by themselves. */
let frames: FrameRequestCallback[]
function nextFrame() {
  for (const run of frames.splice(0)) run(0)
}

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => {
    frames[handle - 1] = () => undefined
  })
})
afterEach(() => vi.unstubAllGlobals())

function mountChart() {
  const losses = shallowRef(new LossStore())
  const training = shallowRef({ ...noTraining, training: 1, phase: 'running' as const, iterations: 1000 })
  const drawn: ChartState[] = []
  let destroyed = 0
  const painter = {
    draw: (state: ChartState) => drawn.push(state),
    area: { left: 0, right: 600 },
    iterationAt: (x: number) => x,
    placeOf: (iteration: number) => iteration,
    destroy: () => destroyed++,
  }
  let chart: LossChart | undefined
  const wrapper = mount({
    setup: () => {
      chart = useLossChart(
        { losses, training },
        () => painter,
        () => colours,
      )
      return () => null
    },
  })
  if (chart === undefined) throw new Error('not set up')
  const add = async (first: number, count: number, of = 1) => {
    losses.value.append({ training: of, firstIteration: first, losses: new Float32Array(count).fill(1) })
    triggerRef(losses)
    await nextTick()
  }
  nextFrame()
  drawn.length = 0
  return { chart, drawn, add, training, wrapper, destroyed: () => destroyed }
}

describe('the loss chart', () => {
  test('is drawn once a frame, however often losses came before it', async () => {
    const { drawn, add, chart } = mountChart()
    const before = chart.updates.value
    for (let i = 0; i < 20; i++) await add(1 + 5 * i, 5)
    expect(drawn).toHaveLength(0)
    expect(frames).toHaveLength(1)
    nextFrame()
    expect(drawn).toHaveLength(1)
    expect(drawn[0]?.series.smooth).toHaveLength(100)
    expect(chart.updates.value).toBe(before + 1)
    expect(frames).toHaveLength(0)
  })

  test('is not drawn when nothing changed: no losses, or ones that it has', async () => {
    const { drawn, add } = mountChart()
    await add(1, 10)
    nextFrame()
    await add(1, 10)
    await add(4, 3)
    nextFrame()
    nextFrame()
    expect(drawn).toHaveLength(1)
  })

  test('changes of scale, smoothing and view within a frame are one draw too', async () => {
    const { drawn, add, chart } = mountChart()
    await add(1, 1000)
    nextFrame()
    chart.logarithmic.value = true
    chart.smoothing.value = 0
    chart.zoomBy(2)
    chart.panBy(0.25)
    await nextTick()
    nextFrame()
    expect(drawn).toHaveLength(2)
    expect(drawn[1]).toMatchObject({ logarithmic: true, view: { from: 375.625, to: 875.125 } })
  })

  test('keeps the view that was chosen while losses come, and shows everything again on request', async () => {
    const { drawn, add, chart } = mountChart()
    await add(1, 500)
    nextFrame()
    chart.zoomBy(5, 1)
    await add(501, 500)
    nextFrame()
    expect(chart.zoomed.value).toBe(true)
    expect(drawn.at(-1)?.view.to).toBeCloseTo(100.8, 1)
    chart.showAll()
    nextFrame()
    expect(drawn.at(-1)?.view).toEqual({ from: 1, to: 1000 })
  })

  test('shows everything when another training begins', async () => {
    const { add, chart, training } = mountChart()
    await add(1, 500)
    nextFrame()
    chart.zoomBy(4)
    training.value = { ...training.value, training: 2 }
    await nextTick()
    expect(chart.zoomed.value).toBe(false)
  })

  test('reads out exact values, and nothing beside the losses', async () => {
    const { add, chart } = mountChart()
    await add(1, 50)
    nextFrame()
    expect(chart.readingAt(20.3)).toEqual({ iteration: 20, loss: 1, smooth: expect.closeTo(1, 6) })
    expect([chart.readingAt(0), chart.readingAt(51), chart.readingAt(601)]).toEqual([null, null, null])
  })

  test('lets its painter go, and draws no more, when it leaves', async () => {
    const { add, wrapper, drawn, destroyed } = mountChart()
    await add(1, 5)
    wrapper.unmount()
    nextFrame()
    expect([drawn.length, destroyed()]).toEqual([0, 1])
  })
})
