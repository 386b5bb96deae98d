import { beforeAll, describe, expect, test, vi } from 'vitest'
import { embed } from '../../../../../src/main/engine/embedding/embed.ts'
import { LiveEmbedding } from '../../../../../src/main/engine/service/live-embedding.ts'
import { openBackend } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { stripes } from '../../../../support/images.ts'
import { mlp } from '../../../../support/networks.ts'

const images = stripes(120, 3)
const networkWith = (seed: number) =>
  toNetwork(mlp({ inputSize: 64, hiddenSizes: [8], embeddingSize: 2 }, seed))

beforeAll(async () => {
  await openBackend('cpu')
})

describe('LiveEmbedding', () => {
  test('refreshes every point at first, then waits until it is time again', async () => {
    const live = new LiveEmbedding(images, 2)
    const layers = networkWith(1)
    const first = await live.follow(layers, 7)
    expect(first).toMatchObject({ iteration: 7, oldestIteration: 7 })
    expect(first?.embedding).toEqual(await embed(layers, images))
    expect(await live.follow(layers, 8)).toBeUndefined()
  })

  test('does not change what it has given away', async () => {
    const live = new LiveEmbedding(images, 2)
    const first = await live.complete(networkWith(1), 1)
    const before = first.embedding.values.slice()
    await live.complete(networkWith(2), 2)
    expect(first.embedding.values).toEqual(before)
  })

  test('where the allowance pays for a part, that part is refreshed in turn and the oldest is told', async () => {
    // A clock on which every look takes 20 s: the first pass spends the allowance of the start many times over.
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 20_000
      return now
    })
    try {
      const live = new LiveEmbedding(images, 2)
      await live.follow(networkWith(1), 1)
      const partial: number[] = []
      for (let iteration = 2; iteration < 400; iteration++) {
        const points = await live.follow(networkWith(1), iteration)
        if (points !== undefined) partial.push(points.iteration - points.oldestIteration)
      }
      expect(partial.length).toBeGreaterThan(0)
      expect(partial.length).toBeLessThan(100)
      expect(Math.max(...partial)).toBeGreaterThan(0)
    } finally {
      clock.mockRestore()
    }
  })

  test('while nothing trains every point is brought up to date', async () => {
    const live = new LiveEmbedding(images, 2)
    await live.follow(networkWith(1), 1)
    const layers = networkWith(2)
    const points = await live.complete(layers, 9)
    expect(points.oldestIteration).toBe(9)
    expect(points.embedding).toEqual(await embed(layers, images))
  })
})
