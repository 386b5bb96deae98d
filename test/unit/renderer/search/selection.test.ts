import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { createExplorerState } from '../../../../src/renderer/explorer/explorer-state.ts'
import { createSelection } from '../../../../src/renderer/search/selection.ts'
import { picture, settle, testCount, trainedEngine, untrainedEngine } from './engines.ts'

const image = (index: number) => ({ kind: 'test', index }) as const
const scope = effectScope()
afterEach(() => vi.restoreAllMocks())
afterAll(() => scope.stop())

async function newSelection() {
  const trained = await trainedEngine()
  const selection = scope.run(() => createSelection(trained.engine, createExplorerState(trained.engine)))!
  return { ...trained, selection }
}

describe('selection', () => {
  it('takes what is chosen for the query, or for a slot while comparing', async () => {
    const { selection } = await newSelection()
    await selection.choose(image(4))
    expect(selection.search.answer.value?.asked).toEqual(image(4))
    selection.mode.value = 'compare'
    await selection.choose(image(5))
    expect(selection.search.answer.value?.asked).toEqual(image(4))
    expect(selection.compare.comparison.value.sides[0]?.asked).toEqual(image(5))
  })

  it('marks the query and its neighbours by rank', async () => {
    const { selection } = await newSelection()
    await selection.choose(image(4))
    expect(selection.marks.value.map(mark => mark.text)).toEqual(['', ...'123456789'])
    expect(selection.marks.value[0]).toMatchObject({ asked: true, place: { kind: 'point', index: 4 } })
  })

  it('marks a picture where it falls', async () => {
    const { selection } = await newSelection()
    await selection.choose(picture('mine.png', 31))
    const { place } = selection.marks.value[0]!
    expect(place).toEqual({ kind: 'picture', point: selection.search.answer.value!.query.point })
  })

  it('marks A and B while comparing', async () => {
    const { selection } = await newSelection()
    selection.mode.value = 'compare'
    await selection.choose(image(1))
    await selection.choose(image(2))
    expect(selection.marks.value.map(mark => mark.text)).toEqual(['A', 'B'])
  })

  it('asks for a training before anything is learned, and not the engine', async () => {
    const { engine } = await untrainedEngine()
    const selection = scope.run(() => createSelection(engine, createExplorerState(engine)))!
    const search = vi.spyOn(engine.client, 'search')
    await selection.choose(image(1))
    expect(search).not.toHaveBeenCalled()
    expect(selection.search.fault.value).toBe('Nothing has been learned yet: press Train first.')
    expect(selection.marks.value).toEqual([])
  })

  it('searches the query again as points move, at most once a second', async () => {
    const { selection, engine, advance } = await newSelection()
    await selection.choose(image(4))
    const search = vi.spyOn(engine.client, 'search')
    vi.useFakeTimers()
    for (let i = 0; i < 19; i++) {
      advance(10)
      await nextTick()
      await vi.advanceTimersByTimeAsync(100)
    }
    vi.useRealTimers()
    // Not quite two seconds: at 0 and 1.
    expect(search).toHaveBeenCalledTimes(2)
    expect(selection.search.answer.value?.asked).toEqual(image(4))
  })

  it('spares a running training a large picture, and asks again at its end', async () => {
    const { selection, engine, fake, advance } = await newSelection()
    await selection.choose(picture('large.png', 2_000_000))
    const search = vi.spyOn(engine.client, 'search')
    advance(10)
    await settle()
    expect(search).not.toHaveBeenCalled()
    engine.training.value = { ...fake.training.state, phase: 'done' }
    engine.points.value = { ...engine.points.value! }
    await settle()
    expect(search).toHaveBeenCalledTimes(1)
  })

  it('forgets its questions when other images are opened', async () => {
    const { selection, engine } = await newSelection()
    await selection.choose(image(testCount - 1))
    engine.data.value = { ...engine.data.value!, testCount: 50 }
    await nextTick()
    expect(selection.search.answer.value).toBeNull()
    expect(selection.search.canGoBack.value).toBe(false)
  })

  it('takes any test image by chance, but not the one it has', async () => {
    const { selection } = await newSelection()
    for (let i = 0; i < 20; i++) {
      const before = selection.search.answer.value?.asked
      await selection.random()
      expect(selection.search.answer.value?.asked).not.toEqual(before)
    }
  })

  it('says what was wrong in the tab that is open', async () => {
    const { selection } = await newSelection()
    selection.mode.value = 'compare'
    selection.refuse('No.')
    expect(selection.compare.fault.value).toBe('No.')
    expect(selection.search.fault.value).toBeNull()
  })
})
