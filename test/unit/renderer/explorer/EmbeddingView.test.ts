// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../../src/renderer/engine.ts'
import ClassLegend from '../../../../src/renderer/explorer/ClassLegend.vue'
import EmbeddingView from '../../../../src/renderer/explorer/EmbeddingView.vue'
import ScatterCanvas from '../../../../src/renderer/explorer/ScatterCanvas.vue'
import { settle, testCount, trainedEngine, untrainedEngine, withEngine } from '../search/engines.ts'
import { type Calls, recordingContext } from './recording-context.ts'

let calls: Calls
let wrapper: VueWrapper | undefined
let frames: FrameRequestCallback[]
const nextFrame = () => {
  for (const run of frames.splice(0)) run(0)
}

beforeEach(() => {
  calls = {}
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run))
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    return recordingContext(this, calls) as never
  })
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  // happy-dom has no pointer capture.
  HTMLElement.prototype.setPointerCapture = () => {}
})
afterEach(() => {
  wrapper?.unmount()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function show(engine: Engine) {
  wrapper = mount(EmbeddingView, { global: withEngine(engine), attachTo: document.body })
  const canvas = wrapper.getComponent(ScatterCanvas)
  return { wrapper, canvas, stage: canvas.vm.stage!, marks: canvas.get('[role=application]') }
}

describe('embedding view', () => {
  it('says before any training what will appear and what to press', async () => {
    const { engine } = await untrainedEngine()
    wrapper = mount(EmbeddingView, { global: withEngine(engine) })
    expect(wrapper.text()).toContain('Press Train')
    expect(wrapper.find('[role=application]').exists()).toBe(false)
  })

  it("has the recipe's title and says of which iteration the points are", async () => {
    const { engine } = await trainedEngine()
    const { wrapper } = show(engine)
    expect(wrapper.get('h2').text()).toBe('2-D feature representation of digit images')
    engine.points.value = { ...engine.points.value!, iteration: 100, oldestIteration: 40 }
    await settle()
    expect(wrapper.text()).toContain('Iteration 100; points are refreshed in turn, the oldest from 40')
  })

  it('draws every frame of a training once, from the very array that came, and builds no index', async () => {
    const { engine, advance } = await trainedEngine()
    const { stage, canvas } = show(engine)
    nextFrame()
    calls['putImageData'] = 0
    const before = stage.counts.points
    const copies = vi.spyOn(Float32Array.prototype, 'slice')
    for (let i = 0; i < 10; i++) {
      advance(1)
      copies.mockClear()
      await settle()
      nextFrame()
      expect(copies).not.toHaveBeenCalled()
      expect(canvas.props('content').scene?.values).toBe(engine.points.value?.values)
    }
    expect(stage.counts.points).toBe(before + 10)
    expect(calls['putImageData']).toBe(10)
    expect(stage.index.builds).toBe(0)
  })

  it('leaves the points alone while the pointer moves', async () => {
    const { engine } = await trainedEngine()
    const { stage, marks } = show(engine)
    nextFrame()
    const before = stage.counts.points
    for (let i = 0; i < 10; i++) {
      const { x, y } = stage.positionOf(i)!
      await marks.trigger('pointermove', { clientX: x, clientY: y })
      nextFrame()
    }
    expect(stage.pointed).toBeGreaterThanOrEqual(0)
    expect(stage.counts.points).toBe(before)
  })

  it('makes a point the query by a click, and not by a drag', async () => {
    const { engine } = await trainedEngine()
    const { stage, marks } = show(engine)
    nextFrame()
    const { x, y } = stage.positionOf(7)!
    const at = { clientX: x, clientY: y, button: 0 }
    const index = stage.pick(x, y)
    const search = vi.spyOn(engine.client, 'search')
    await marks.trigger('pointerdown', at)
    await marks.trigger('pointermove', { ...at, clientX: x + 30 })
    await marks.trigger('pointerup', { ...at, clientX: x + 30 })
    expect(search).not.toHaveBeenCalled()
    stage.fit()
    await marks.trigger('pointerdown', at)
    await marks.trigger('pointerup', at)
    expect(search.mock.calls[0]?.[0]).toMatchObject({ query: { kind: 'test', index } })
  })

  it('walks, reads, chooses and tells the neighbours by keyboard', async () => {
    const { engine } = await trainedEngine()
    const { wrapper, marks, stage } = show(engine)
    nextFrame()
    const status = () => wrapper.get('[role=status].visually-hidden').text()
    await marks.trigger('keydown', { key: 'n' })
    expect(status()).toContain('no query yet')
    await marks.trigger('keydown', { key: 'ArrowRight' })
    const first = stage.pointed
    expect(status()).toContain(`test image ${first},`)
    await marks.trigger('keydown', { key: 'ArrowRight' })
    expect(stage.pointed).not.toBe(first)
    await marks.trigger('keydown', { key: 'Enter' })
    await settle()
    await marks.trigger('keydown', { key: 'n' })
    expect(status()).toMatch(
      new RegExp(`^Nearest to Test image ${stage.pointed}, nearest first: (\\d at [\\d.]+(, )?){9}$`),
    )
  })

  it('shows the image under the pointer after a moment, and not while it only passes', async () => {
    const { engine } = await trainedEngine()
    const { stage, marks, wrapper } = show(engine)
    nextFrame()
    const images = vi.spyOn(engine.client, 'images')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (const i of [1, 2, 3]) {
      const { x, y } = stage.positionOf(i)!
      await marks.trigger('pointermove', { clientX: x, clientY: y })
      vi.advanceTimersByTime(100)
    }
    expect(wrapper.find('.tip').exists()).toBe(false)
    vi.advanceTimersByTime(30)
    vi.useRealTimers()
    await settle()
    expect(wrapper.get('.tip').text()).toContain(`Test image ${stage.pointed}`)
    expect(images).toHaveBeenCalledTimes(1)
    await marks.trigger('pointerleave')
    expect(wrapper.find('.tip').exists()).toBe(false)
  })

  it('toggles a class by its legend entry and isolates it with Alt', async () => {
    const { engine } = await trainedEngine()
    const { wrapper, canvas, stage } = show(engine)
    nextFrame()
    const entries = wrapper.getComponent(ClassLegend).findAll('[aria-pressed]')
    expect(entries[3]?.attributes('aria-label')).toBe(`3, ${testCount / 10} images`)
    const { points } = stage.counts
    await entries[3]?.trigger('click')
    nextFrame()
    expect(entries[3]?.attributes('aria-pressed')).toBe('false')
    expect(stage.counts.points).toBe(points + 1)
    expect(canvas.props('look').hidden).toEqual(new Set([3]))
    await entries[5]?.trigger('click', { altKey: true })
    expect(
      entries.map(entry => entry.attributes('aria-pressed')).filter(value => value === 'true'),
    ).toHaveLength(1)
    await wrapper.getComponent(ClassLegend).get('.button').trigger('click')
    expect(entries.every(entry => entry.attributes('aria-pressed') === 'true')).toBe(true)
  })

  it('draws a strip of one feature, and lets one choose among more than two', async () => {
    const one = await trainedEngine(1)
    const strip = show(one.engine)
    expect(strip.canvas.props('content').scene).toMatchObject({ horizontal: 0, vertical: null })
    strip.wrapper.unmount()
    const three = await trainedEngine(3)
    const { wrapper, canvas } = show(three.engine)
    const [across, up] = wrapper.findAll('select')
    await across?.findAll('option')[2]?.setValue()
    expect(canvas.props('content').scene).toMatchObject({ horizontal: 2, vertical: 1 })
    expect(up?.findAll('option').map(option => option.text())).toEqual([
      'Feature 1',
      'Feature 2',
      'Feature 3',
    ])
  })
})
