import { describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { createBatch } from '../../../../../src/renderer/search/batch/batch-state.ts'
import { trainedEngine } from '../engines.ts'

const file = (name: string, length: number) => new File([new Uint8Array(length)], name)
const choice = { count: 20, gallery: { kind: 'test' } } as const

async function newBatch() {
  const { engine, fake } = await trainedEngine()
  return { batch: effectScope(true).run(() => createBatch(engine))!, engine, fake }
}

describe('several pictures at once', () => {
  it('are a row each in their order, and what is wrong with one spoils no other', async () => {
    const { batch, engine } = await newBatch()
    const files = Array.from({ length: 23 }, (_, i) => file(`${i}.png`, i === 4 ? 0 : 30 + i))
    await batch.start(files, choice)
    expect(batch.rows.value.map(row => row.file.name)).toEqual(files.map(({ name }) => name))
    expect(batch.rows.value[4]).toMatchObject({ found: null, fault: expect.stringContaining('it is empty') })
    expect(batch.faults.value).toBe(1)
    expect(batch.done.value).toBeNull()
    const query = { kind: 'picture', name: '7.png', file: new Uint8Array(37) } as const
    const { neighbours } = await engine.client.search({ query, count: 9 })
    expect(batch.rows.value[7]?.found?.neighbours).toEqual(neighbours)
  })

  it('keep what was answered when they are cancelled', async () => {
    const { batch } = await newBatch()
    const started = batch.start(
      Array.from({ length: 40 }, (_, i) => file(`${i}.png`, 30 + i)),
      choice,
    )
    while ((batch.done.value ?? 0) < 10) await new Promise(resolve => setTimeout(resolve, 0))
    batch.cancel()
    await started
    const answered = batch.rows.value.filter(({ found }) => found !== null).length
    expect(answered).toBeGreaterThanOrEqual(10)
    expect(answered).toBeLessThan(40)
    expect(batch.fault.value).toBeNull()
  })

  it('go with the network that they were searched by', async () => {
    const { batch, engine } = await newBatch()
    await batch.start([file('a.png', 30), file('b.png', 31)], choice)
    engine.points.value = null
    await nextTick()
    expect(batch.rows.value).toEqual([])
  })
})
