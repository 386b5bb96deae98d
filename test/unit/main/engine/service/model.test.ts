import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { embed } from '../../../../../src/main/engine/embedding/embed.ts'
import { nearest, pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { Model } from '../../../../../src/main/engine/service/model.ts'
import { disposeNetwork, toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'
import { mlp } from '../../../../support/networks.ts'

const gallery = (seed: number) => ({
  values: Random.seeded(seed, 'display').normals(1600, 1),
  count: 800,
  size: 2,
})
const values = mlp({ inputSize: 4, hiddenSizes: [], embeddingSize: 2 }, 1)

/** As a search does. */
function searched(model: Model, query: Float32Array, exclude: number) {
  const labels = new Uint16Array(model.gallery.count)
  const parts = [{ origin: 'test' as const, embedding: model.gallery, labels }]
  const use = model.train === undefined ? 'once' : 'often'
  return model.views.of({ kind: 'test' }, parts, undefined, use).index.query(query, 9, exclude)
}

describe('Model', () => {
  beforeAll(() => useBackend('cpu'))

  test('searches the points as they are: while they change, after the training, in the next one', () => {
    const model = new Model()
    const expectNearest = (points: ReturnType<typeof gallery>): void => {
      for (const index of [0, 7]) {
        const query = pointAt(points, index)
        expect(searched(model, query, index)).toEqual(nearest(points, query, 9, index))
      }
    }
    expect(() => searched(model, Float32Array.of(0, 0), -1)).toThrow(/train first/)
    model.follow(toNetwork(values))
    for (const seed of [1, 2]) {
      model.place(gallery(seed))
      expectNearest(gallery(seed))
    }
    const train = { embedding: gallery(9), labels: new Uint16Array(800) }
    model.keep(values, train)
    expect(model.train).toBe(train)
    expectNearest(gallery(2))
    model.place(gallery(3))
    expectNearest(gallery(3))
    model.follow(toNetwork(values))
    expect(model.train).toBeUndefined()
    model.place(gallery(4))
    expectNearest(gallery(4))
    model.clear()
    expect(() => searched(model, Float32Array.of(0, 0), -1)).toThrow(/train first/)
  })

  test('what is lent outlives the training that frees it, and is freed afterwards', async () => {
    const model = new Model()
    const layers = toNetwork(values)
    const image = {
      pixels: Uint8Array.of(1, 2, 3, 4),
      labels: new Uint16Array(1),
      count: 1,
      height: 2,
      width: 2,
      channels: 1 as const,
    }
    const expected = await embed(layers, image)
    model.follow(layers)
    const before = tf.memory().numTensors
    const lent = model.withNetwork(async those => {
      await new Promise(resolve => setImmediate(resolve))
      return embed(those, image)
    })
    disposeNetwork(layers)
    expect(await lent).toEqual(expected)
    expect(tf.memory().numTensors).toBe(before - 2)
  })
})
