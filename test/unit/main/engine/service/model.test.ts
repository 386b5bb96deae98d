import { beforeAll, describe, expect, test } from 'vitest'
import { nearest, pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { Model } from '../../../../../src/main/engine/service/model.ts'
import { initialLayers } from '../../../../../src/main/engine/twin/encoder.ts'
import { toLayers } from '../../../../../src/main/engine/twin/layer-values.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'

const gallery = (seed: number) => ({
  values: Random.seeded(seed, 'display').normals(1600, 1),
  count: 800,
  size: 2,
})
const values = initialLayers({ inputSize: 4, hiddenSizes: [], embeddingSize: 2 }, 1)

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
    model.follow(toLayers(values))
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
    model.follow(toLayers(values))
    expect(model.train).toBeUndefined()
    model.place(gallery(4))
    expectNearest(gallery(4))
    model.clear()
    expect(() => searched(model, Float32Array.of(0, 0), -1)).toThrow(/train first/)
  })
})
