import { beforeEach, describe, expect, it } from 'vitest'
import type { Choice } from '../../../../src/renderer/search/choice-state.ts'
import { createSearch } from '../../../../src/renderer/search/search-state.ts'
import { defaultPreparation } from '../../../../src/shared/contract.ts'
import { picture, settle, trainedEngine } from './engines.ts'

const image = (index: number) => ({ kind: 'test', index }) as const

/** What is searched. */
let choice: Choice
beforeEach(() => {
  choice = { count: 9, gallery: { kind: 'test' } }
})

async function newSearch() {
  const { engine, fake } = await trainedEngine()
  return { search: createSearch(engine.client, () => choice), fake }
}

describe('search', () => {
  it('shows nine neighbours, nearest first, without the query', async () => {
    const { search } = await newSearch()
    await search.ask(image(5))
    const { indices, distances } = search.answer.value!.neighbours
    expect(indices).toHaveLength(9)
    expect(indices).not.toContain(5)
    expect([...distances]).toEqual([...distances].sort((a, b) => a - b))
  })

  it('drops the answer to a question that a newer one has overtaken', async () => {
    const { search } = await newSearch()
    await Promise.all([search.ask(image(1)), search.ask(image(2)), search.ask(image(3))])
    expect(search.answer.value?.asked).toEqual(image(3))
    expect(search.fault.value).toBeNull()
    expect(search.pending.value).toBe(false)
    // Withdrawn questions were never queries.
    expect(search.canGoBack.value).toBe(false)
  })

  it('goes back and forward', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    await search.ask(image(2))
    await search.back()
    expect(search.answer.value?.asked).toEqual(image(1))
    expect([search.canGoBack.value, search.canGoForward.value]).toEqual([false, true])
    await search.forward()
    expect(search.answer.value?.asked).toEqual(image(2))
    await search.forward()
    expect(search.answer.value?.asked).toEqual(image(2))
  })

  it('takes the same image twice in a row for one step', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    await search.ask(image(1))
    expect(search.canGoBack.value).toBe(false)
  })

  it('keeps the query when a picture is refused, and says why and what to do', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    await search.ask(picture('empty.png', 0))
    expect(search.fault.value).toBe('empty.png: it is empty. Nothing was changed. Choose another file.')
    expect(search.answer.value?.asked).toEqual(image(1))
    expect(search.canGoBack.value).toBe(false)
    await search.ask(image(2))
    expect(search.fault.value).toBeNull()
  })

  it('asks again without a step in the history, and not while a question is on its way', async () => {
    const { search, fake } = await newSearch()
    await search.ask(image(1))
    const before = search.answer.value
    fake.advance(500)
    await search.refresh()
    expect(search.answer.value).not.toBe(before)
    expect(search.canGoBack.value).toBe(false)
    const asked = search.ask(image(2))
    await search.refresh()
    await asked
    expect(search.answer.value?.asked).toEqual(image(2))
  })

  it('leaves standing why a picture was refused when the answer before it is brought up to date', async () => {
    const { search, fake } = await newSearch()
    await search.ask(image(1))
    await search.ask(picture('empty.png', 0))
    fake.advance(500)
    await search.refresh()
    expect(search.fault.value).toMatch(/^empty\.png/)
  })

  it('leaves standing what was said while a question was on its way', async () => {
    const { search } = await newSearch()
    const asked = search.ask(image(1))
    search.fault.value = 'notes.txt: it is not a picture.'
    await asked
    expect(search.fault.value).toBe('notes.txt: it is not a picture.')
    await search.ask(image(2))
    expect(search.fault.value).toBeNull()
  })

  it('shows nothing of an answer that comes after everything was cleared', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    const asked = search.ask(image(2))
    search.clear()
    await asked
    await settle()
    expect(search.answer.value).toBeNull()
    expect(search.canGoBack.value).toBe(false)
    expect(search.pending.value).toBe(false)
  })

  it('asks for as many as are wanted, of the classes that are, and says where', async () => {
    const { search } = await newSearch()
    choice = { count: 4, gallery: { kind: 'test' }, classes: Uint16Array.of(3) }
    await search.ask(image(5))
    const { gallery, neighbours } = search.answer.value!
    expect(gallery).toEqual({ kind: 'test' })
    expect([...neighbours.labels]).toEqual([3, 3, 3, 3])
    choice = { count: 6, gallery: { kind: 'test' } }
    await search.again()
    expect(search.answer.value?.neighbours.indices).toHaveLength(6)
    expect(search.canGoBack.value).toBe(false)
  })

  it('takes all of a picture in the making for one step, and another one for another', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    const [one, other] = [{}, {}]
    await search.ask(picture('drawing', 10), one)
    await search.ask(picture('drawing', 11), one)
    expect(search.history.value.entries).toHaveLength(2)
    expect(search.current()?.asked).toEqual(picture('drawing', 11))
    await search.ask(picture('drawing', 12), other)
    expect(search.history.value.entries).toHaveLength(3)
  })

  it('changes how a picture is prepared without a step', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    await search.ask(picture('mine.png', 10))
    const preparation = { ...defaultPreparation, invert: 'yes' } as const
    await search.change({ ...picture('mine.png', 10), preparation })
    expect(search.history.value).toMatchObject({ at: 1, entries: [{}, { asked: { preparation } }] })
    expect(search.answer.value?.asked).toMatchObject({ preparation })
  })

  it('goes to any of its queries', async () => {
    const { search } = await newSearch()
    for (const index of [1, 2, 3]) await search.ask(image(index))
    await search.goTo(0)
    expect(search.answer.value?.asked).toEqual(image(1))
    await search.goTo(5)
    expect(search.answer.value?.asked).toEqual(image(1))
    expect(search.canGoForward.value).toBe(true)
  })

  it('puts the query away and keeps the way back', async () => {
    const { search } = await newSearch()
    await search.ask(image(1))
    await search.ask(image(2))
    search.dismiss()
    expect(search.answer.value).toBeNull()
    await search.back()
    expect(search.answer.value?.asked).toEqual(image(1))
  })
})
