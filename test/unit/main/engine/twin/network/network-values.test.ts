import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { encode } from '../../../../../../src/main/engine/twin/network/forward.ts'
import { networkInWords } from '../../../../../../src/main/engine/twin/network/in-words.ts'
import { readNetwork, toNetwork } from '../../../../../../src/main/engine/twin/network/network.ts'
import { mlpSpec, type NetworkSpec } from '../../../../../../src/main/engine/twin/network/network-spec.ts'
import {
  countWeights,
  initialNetwork,
  misfitOf,
} from '../../../../../../src/main/engine/twin/network/network-values.ts'
import { useBackend } from '../../../../../support/backends.ts'
import { denseLayers, mlp, networkOf } from '../../../../../support/networks.ts'

const shape = { inputSize: 300, hiddenSizes: [200, 100], embeddingSize: 2 }
const digits = { height: 28, width: 28, channels: 1 }
const recipe = mlpSpec(digits, { hiddenSizes: [1024, 1024], embeddingSize: 2 })
const cnn: NetworkSpec = {
  ...recipe,
  kind: 'cnn',
  filters: [24, 24, 48, 48],
  hiddenSizes: [128],
  batchNorm: true,
  dropout: 0.3,
}
const residual: NetworkSpec = { ...cnn, kind: 'residual', filters: [16, 32, 64], hiddenSizes: [], dropout: 0 }

beforeAll(() => useBackend('cpu'))

describe('a network', () => {
  test('starts by He: variance 2 / fan-in, zero biases', () => {
    const layers = denseLayers(mlp(shape, 1))
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
    expect(mlp(shape, 4)).toEqual(mlp(shape, 4))
    expect(mlp(shape, 4)).not.toEqual(mlp(shape, 5))
  })

  test('of the recipe has 1,855,490 weights', () => {
    expect(countWeights(recipe)).toBe(1_855_490)
  })

  test('counts what is learned and not what is averaged', () => {
    const convolutions = 9 * (1 * 24 + 24 * 24 + 24 * 48 + 48 * 48) + 2 * (24 + 24 + 48 + 48)
    expect(countWeights(cnn)).toBe(convolutions + 7 * 7 * 48 * 128 + 2 * 128 + 128 * 2 + 2)
  })

  test('ReLU stands between layers and not after the last', async () => {
    const network = toNetwork(
      networkOf([
        { inputs: 2, outputs: 2, kernel: Float32Array.of(1, 0, 0, 1), bias: Float32Array.of(0, -10) },
        { inputs: 2, outputs: 1, kernel: Float32Array.of(-1, -1), bias: Float32Array.of(0.5) },
      ]),
    )
    expect([...(await encode(network, tf.tensor2d([[3, 4]])).data())]).toEqual([-2.5])
  })

  test.each([{ ...recipe, hiddenSizes: [9] }, { ...cnn, filters: [3], hiddenSizes: [4] }, residual])(
    'comes out of TensorFlow as it went in: $kind',
    async spec => {
      const values = initialNetwork(spec, 9)
      expect(misfitOf(values)).toBeUndefined()
      expect(await readNetwork(toNetwork(values))).toEqual(values)
    },
  )

  test('that is not as its description says is found out', () => {
    const { spec, tensors } = initialNetwork(cnn, 1)
    expect(misfitOf({ spec, tensors: tensors.slice(1) })).toBe('"conv1.kernel" is missing.')
    expect(misfitOf({ spec: { ...spec, embeddingSize: 3 }, tensors })).toMatch(
      /"dense2.kernel" is not of the size/,
    )
  })

  test.each([16, 17, 33, 128])('of any kind takes images of %i pixels a side, in colour', async side => {
    const image = { height: side, width: side, channels: 3 }
    for (const spec of [cnn, residual]) {
      const small = { ...spec, ...image, filters: [2, 2, 3], hiddenSizes: [4] }
      const network = toNetwork(initialNetwork(small, 1))
      const features = encode(network, tf.ones([2, side * side * 3]))
      expect(features.shape).toEqual([2, 2])
      expect([...(await features.data())].every(Number.isFinite)).toBe(true)
    }
  })
})

test('networks in words', () => {
  expect(networkInWords(recipe)).toBe('784 - 1024 - 1024 - 2')
  expect(networkInWords(cnn)).toBe(
    '28x28x1 - conv 24 - conv 24 - pool - conv 48 - conv 48 - pool - dense 128 - dropout 0.3 - 2',
  )
  expect(networkInWords(residual)).toBe(
    '28x28x1 - conv 16 - block 16 - block 16 - block 32 halved - block 32 - block 64 halved - block 64 - mean - 2',
  )
})
