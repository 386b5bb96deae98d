import { describe, expect, it } from 'vitest'
import { createSearch } from '../../../../src/renderer/search/search-state.ts'
import { picture, settle, trainedEngine } from './engines.ts'

const image = (index: number) => ({ kind: 'test', index }) as const

async function newSearch() {
  const { engine, fake } = await trainedEngine()
  return { search: createSearch(engine.client), fake }
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
