import { afterEach, describe, expect, test } from 'vitest'
import { type EffectScope, effectScope } from 'vue'
import { createExplorerState } from '../../../../src/renderer/explorer/explorer-state.ts'
import { createSelection } from '../../../../src/renderer/search/selection.ts'
import { createPaths } from '../../../../src/renderer/time/paths-state.ts'
import { createTime } from '../../../../src/renderer/time/time-state.ts'
import { settle, testCount, trainedEngine } from '../search/engines.ts'

let scope: EffectScope | undefined
afterEach(() => scope?.stop())

async function newPaths() {
  const { engine, fake, advance } = await trainedEngine()
  engine.connection.value = 'ready'
  scope = effectScope()
  const made = scope.run(() => {
    const explorer = createExplorerState(engine)
    const selection = createSelection(engine, explorer)
    const time = createTime(engine, explorer, { reducedMotion: () => false })
    return { explorer, selection, time, ...createPaths(engine, explorer, selection, time) }
  })
  if (made === undefined) throw new Error('The scope is over.')
  await settle()
  return { ...made, fake, advance }
}

describe('paths', () => {
  test('none are drawn until they are asked for', async () => {
    const { drawn, selection } = await newPaths()
    await selection.choose({ kind: 'test', index: 12 })
    await settle()
    expect(drawn.value).toBeNull()
  })

  test('the query’s way is where each moment had it, and follows the query', async () => {
    const { choice, drawn, selection, fake } = await newPaths()
    choice.value = 'query'
    await settle()
    expect(drawn.value).toBeNull()
    await selection.choose({ kind: 'test', index: 12 })
    await expect.poll(() => drawn.value).not.toBeNull()
    expect(drawn.value?.iterations).toEqual(Int32Array.of(0, 50, 100))
    const places = [0, 50, 100].flatMap(iteration => [
      ...(fake.training.points(testCount, iteration)?.values.subarray(24, 26) ?? []),
    ])
    expect([...(drawn.value?.values ?? [])]).toEqual(places)
    expect(drawn.value?.labels).toEqual(Uint16Array.of(2))
    await selection.choose({ kind: 'test', index: 3 })
    await expect.poll(() => drawn.value?.labels).toEqual(Uint16Array.of(3))
  })

  test('the classes’ ways are as many as there are classes, and go up to the moment that is looked at', async () => {
    const { choice, drawn, time } = await newPaths()
    choice.value = 'classes'
    await expect.poll(() => drawn.value?.labels.length).toBe(10)
    expect(drawn.value?.values).toHaveLength(10 * 3 * 2)
    expect(drawn.value?.at).toBeNull()
    time.goTo(50)
    await settle()
    expect(drawn.value?.at).toBe(50)
  })

  test('goes through PCA as the points do; no path is drawn among those of another projection', async () => {
    const { choice, drawn, explorer } = await newPaths()
    choice.value = 'classes'
    await expect.poll(() => drawn.value).not.toBeNull()
    const plain = drawn.value?.values.slice()
    const of = explorer.source.value
    if (of === null) throw new Error('There are no points.')
    const place = (point: Float32Array) => Float32Array.of((point[0] as number) - (point[1] as number))
    const values = new Float32Array(testCount)
    explorer.projected.value = { name: 'PCA', of, values, size: 1, names: ['Component 1'], place }
    const expected = Array.from(
      { length: 10 * 3 },
      (_, i) => place(plain?.subarray(i * 2) as Float32Array)[0],
    )
    expect(drawn.value?.size).toBe(1)
    expect([...(drawn.value?.values ?? [])]).toEqual(expected)
    explorer.projected.value = { ...explorer.projected.value, name: 'UMAP' }
    expect(drawn.value).toBeNull()
  })
})
