import { describe, expect, it } from 'vitest'
import { createCompare } from '../../../../src/renderer/search/compare-state.ts'
import { picture, trainedEngine } from './engines.ts'

const image = (index: number) => ({ kind: 'test', index }) as const

async function newCompare() {
  const { engine, fake } = await trainedEngine()
  return { compare: createCompare(engine.client), fake, engine }
}

describe('comparison', () => {
  it('fills A, then B, and measures how far apart they fall', async () => {
    const { compare, engine } = await newCompare()
    await compare.fill(image(3))
    expect(compare.active.value).toBe(1)
    expect(compare.comparison.value).toMatchObject({ sides: [{ asked: image(3) }, null], distance: null })
    await compare.fill(image(8))
    const { values } = engine.points.value!
    const expected = Math.hypot(values[6]! - values[16]!, values[7]! - values[17]!)
    expect(compare.comparison.value.distance).toBeCloseTo(expected, 6)
    expect(compare.active.value).toBe(1)
  })

  it('fills the slot that something was dropped on', async () => {
    const { compare } = await newCompare()
    await compare.fill(picture('b.png', 12), 1)
    const [a, b] = compare.comparison.value.sides
    expect(a).toBeNull()
    expect(b?.placed.steps.length).toBeGreaterThan(0)
    expect(compare.active.value).toBe(0)
  })

  it('keeps both when a picture is refused', async () => {
    const { compare } = await newCompare()
    await compare.fill(image(3))
    await compare.fill(image(8))
    const before = compare.comparison.value
    await compare.fill(picture('empty.png', 0), 0)
    expect(compare.comparison.value).toBe(before)
    expect(compare.fault.value).toContain('empty.png: it is empty.')
  })

  it('empties a slot, which takes the next image', async () => {
    const { compare } = await newCompare()
    await compare.fill(image(3))
    await compare.fill(image(8))
    await compare.empty(0)
    expect(compare.comparison.value).toMatchObject({ sides: [null, { asked: image(8) }], distance: null })
    expect(compare.active.value).toBe(0)
    await compare.empty(1)
    expect(compare.comparison.value.sides).toEqual([null, null])
  })

  it('drops the answer to a comparison that a newer one has overtaken', async () => {
    const { compare } = await newCompare()
    await compare.fill(image(3))
    await Promise.all([compare.fill(image(4), 1), compare.fill(image(5), 1)])
    expect(compare.comparison.value.sides[1]?.asked).toEqual(image(5))
    expect(compare.pending.value).toBe(false)
  })

  it('measures again by what was learned since', async () => {
    const { compare, fake } = await newCompare()
    await compare.fill(image(3))
    await compare.fill(image(8))
    const { distance } = compare.comparison.value
    fake.advance(600)
    await compare.refresh()
    expect(compare.comparison.value.distance).not.toBe(distance)
  })

  it('forgets everything for other images', async () => {
    const { compare } = await newCompare()
    await compare.fill(image(3))
    compare.clear()
    expect(compare.comparison.value.sides).toEqual([null, null])
    expect(compare.active.value).toBe(0)
  })
})
