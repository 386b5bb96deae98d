import { describe, expect, it } from 'vitest'
import { createWhy } from '../../../../../src/renderer/search/why/why-state.ts'
import { trainedEngine } from '../engines.ts'

const hit = { origin: 'test', index: 3, distance: 0.1, label: 3, same: null } as const
const pair = { asked: { kind: 'test', index: 5 }, pixels: new Uint8Array(784), hit, folder: null } as const

describe('why two are near', () => {
  it('is asked for of the pair, by the method that is chosen', async () => {
    const { engine } = await trainedEngine()
    const why = createWhy(engine.client)
    why.method.value = 'gradient'
    await why.ask(pair)
    const expected = await engine.client.explain({
      first: pair.asked,
      second: { kind: 'test', index: 3 },
      method: 'gradient',
    })
    expect(why.why.value).toMatchObject({ method: 'gradient', hit, explained: expected })
  })

  it('can be called off', async () => {
    const { engine } = await trainedEngine()
    const why = createWhy(engine.client)
    const asked = why.ask(pair)
    expect(why.pending.value).toBe(true)
    why.cancel()
    await asked
    expect(why.pending.value).toBe(false)
    expect(why.why.value).toBeNull()
    expect(why.fault.value).toBeNull()
  })

  it('says what went wrong and keeps what there was', async () => {
    const { engine } = await trainedEngine()
    const why = createWhy(engine.client)
    await why.ask(pair)
    const before = why.why.value
    await why.ask({ ...pair, hit: { ...hit, index: 100_000 } })
    expect(why.fault.value).toContain('There is no test image 100000.')
    expect(why.why.value).toBe(before)
  })
})
