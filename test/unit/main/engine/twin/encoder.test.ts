import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openBackend } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { countWeights, encode, initialLayers } from '../../../../../src/main/engine/twin/encoder.ts'
import { readLayers, toLayers } from '../../../../../src/main/engine/twin/layer-values.ts'

const shape = { inputSize: 300, hiddenSizes: [200, 100], embeddingSize: 2 }

beforeAll(async () => {
  await openBackend('cpu')
})

describe('the encoder', () => {
  test('starts by He: variance 2 / fan-in, zero biases', () => {
    const layers = initialLayers(shape, 1)
    expect(layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [300, 200],
      [200, 100],
      [100, 2],
    ])
    for (const { kernel, bias, inputs } of layers.slice(0, 2)) {
      const variance = kernel.reduce((sum, x) => sum + x * x, 0) / kernel.length
      expect(variance * inputs).toBeGreaterThan(1.9)
      expect(variance * inputs).toBeLessThan(2.1)
      expect(bias.every(x => x === 0)).toBe(true)
    }
  })

  test('the same seed gives the same weights, another seed others', () => {
    expect(initialLayers(shape, 4)).toEqual(initialLayers(shape, 4))
    expect(initialLayers(shape, 4)).not.toEqual(initialLayers(shape, 5))
  })

  test('the recipe has 1,855,490 weights', () => {
    expect(countWeights({ inputSize: 784, hiddenSizes: [1024, 1024], embeddingSize: 2 })).toBe(1_855_490)
  })

  test('ReLU stands between layers and not after the last', async () => {
    const layers = toLayers([
      { inputs: 2, outputs: 2, kernel: Float32Array.of(1, 0, 0, 1), bias: Float32Array.of(0, -10) },
      { inputs: 2, outputs: 1, kernel: Float32Array.of(-1, -1), bias: Float32Array.of(0.5) },
    ])
    expect([...(await encode(layers, tf.tensor2d([[3, 4]])).data())]).toEqual([-2.5])
  })

  test('layers come out of TensorFlow as they went in', async () => {
    const layers = initialLayers({ inputSize: 5, hiddenSizes: [4], embeddingSize: 3 }, 9)
    expect(await readLayers(toLayers(layers))).toEqual(layers)
  })
})
