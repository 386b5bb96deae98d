import { afterEach, describe, expect, test } from 'vitest'
import { type EffectScope, effectScope } from 'vue'
import { createExplorerState } from '../../../../src/renderer/explorer/explorer-state.ts'
import { createSides } from '../../../../src/renderer/side-by-side/sides-state.ts'
import { createTime } from '../../../../src/renderer/time/time-state.ts'
import { TwinlensError } from '../../../../src/shared/errors.ts'
import { settle, testCount, trainedEngine } from '../search/engines.ts'

let scope: EffectScope | undefined
afterEach(() => scope?.stop())

async function newSides() {
  const { engine, fake } = await trainedEngine()
  engine.connection.value = 'ready'
  scope = effectScope()
  const sides = scope.run(() => createSides(engine, createTime(engine, createExplorerState(engine))))
  if (sides === undefined) throw new Error('The scope is over.')
  await settle()
  return { ...sides, fake, engine }
}

describe('side by side', () => {
  test('compares nothing until someone looks; then the beginning with now', async () => {
    const { follow, result, fake } = await newSides()
    expect(result.value).toBeNull()
    const leave = follow()
    await expect.poll(() => result.value).not.toBeNull()
    expect(result.value?.first.values).toEqual(fake.training.points(testCount, 0)?.values)
    expect(result.value?.second.values).toEqual(fake.training.points(testCount)?.values)
    expect(result.value?.kept.count).toBe(10)
    leave()
  })

  test('follows what is chosen: another moment, another number of neighbours', async () => {
    const { follow, result, sides, moments, count, fake } = await newSides()
    follow()
    expect(moments.left.value).toEqual(Int32Array.of(0, 50))
    sides.left.value = { run: null, iteration: 50 }
    count.value = 5
    await expect.poll(() => result.value?.first.iteration).toBe(50)
    expect(result.value?.first.values).toEqual(fake.training.points(testCount, 50)?.values)
    await expect.poll(() => result.value?.kept.count).toBe(5)
  })

  test('a moment that was thinned out meanwhile is the kept one next to it', async () => {
    const { follow, result, sides } = await newSides()
    follow()
    sides.left.value = { run: null, iteration: 41 }
    await expect.poll(() => result.value?.first.iteration).toBe(50)
  })

  test('what goes wrong is said in words, and gone with the next choice', async () => {
    const { follow, fault, sides, engine } = await newSides()
    follow()
    const { sideBySide } = engine.client
    const refusing = {
      ...engine.client,
      sideBySide: () => Promise.reject(new TwinlensError('bad-file', 'It is damaged.')),
    }
    Object.assign(engine.client, refusing)
    sides.right.value = { run: null, iteration: 50 }
    await expect.poll(() => fault.value).toMatch(/It is damaged/)
    Object.assign(engine.client, { sideBySide })
    sides.right.value = { run: null, iteration: null }
    await expect.poll(() => fault.value).toBeNull()
  })
})
