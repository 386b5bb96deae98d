import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { contrastiveLoss } from '../../src/main/engine/twin/contrastive-loss.ts'
import { encode } from '../../src/main/engine/twin/network/forward.ts'
import { toNetwork } from '../../src/main/engine/twin/network/network.ts'
import type { NetworkValues } from '../../src/main/engine/twin/network/network-values.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { denseLayers, mlp } from '../support/networks.ts'

const shape = { inputSize: 6, hiddenSizes: [5, 4], embeddingSize: 2 }
const pairs = 7
const margin = 0.8
const random = Random.seeded(3, 'display')
const draw = (): number[][] => Array.from({ length: pairs }, () => [...random.normals(shape.inputSize, 1)])
const [first, second] = [draw(), draw()]
const similar = [1, 0, 0, 1, 0, 1, 0]

/** The whole network and loss in double precision, in plain loops. */
function lossInDoubles(
  layers: readonly { inputs: number; outputs: number; kernel: number[]; bias: number[] }[],
): number {
  const forward = (x: readonly number[]): number[] =>
    layers.reduce<number[]>(
      (input, { outputs, kernel, bias }, l) =>
        bias.map((b, j) => {
          const sum = input.reduce((s, value, i) => s + value * (kernel[i * outputs + j] as number), b)
          return l < layers.length - 1 ? Math.max(sum, 0) : sum
        }),
      [...x],
    )
  return first.reduce((sum, image, i) => {
    const [a, b] = [forward(image), forward(second[i] as number[])]
    const d = Math.sqrt(a.reduce((squares, x, k) => squares + (x - (b[k] as number)) ** 2, 0) + 1e-6)
    return sum + 0.5 * (similar[i] === 1 ? d ** 2 : Math.max(margin - d, 0) ** 2)
  }, 0)
}

/** Biases off zero, so that their gradient is not special. */
function initial(): NetworkValues {
  const { spec, tensors } = mlp(shape, 2)
  const raised = tensors.map(tensor =>
    tensor.shape.length > 1 ? tensor : { ...tensor, values: tensor.values.map((_, i) => 0.05 * (i + 1)) },
  )
  return { spec, tensors: raised }
}

describe.each(availableBackends(['native', 'wasm', 'cpu']))(
  'the gradient of the loss in every weight, on %s',
  backend => {
    test('agrees with finite differences in double precision', async () => {
      await useBackend(backend)
      const values = initial()
      const network = toNetwork(values)
      const tensors = Object.values(network.tensors)
      const gradients = tf.grads((...weights) => {
        const names = Object.keys(network.tensors)
        const used = {
          spec: network.spec,
          tensors: Object.fromEntries(names.map((name, i) => [name, weights[i] as tf.Tensor])),
        }
        return contrastiveLoss(
          encode(used, tf.tensor2d(first)),
          encode(used, tf.tensor2d(second)),
          tf.tensor1d(similar),
          margin,
        )
      })(tensors)
      const plain = denseLayers(values).map(({ inputs, outputs, kernel, bias }) => ({
        inputs,
        outputs,
        kernel: [...kernel],
        bias: [...bias],
      }))
      const h = 1e-6
      for (const [g, gradient] of gradients.entries()) {
        const layer = plain[g >> 1]!
        const target = g % 2 === 0 ? layer.kernel : layer.bias
        const slopes = target.map((value, i) => {
          target[i] = value + h
          const above = lossInDoubles(plain)
          target[i] = value - h
          const below = lossInDoubles(plain)
          target[i] = value
          return (above - below) / (2 * h)
        })
        const computed = await gradient.data()
        slopes.forEach((slope, i) => {
          expect(Math.abs((computed[i] as number) - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)))
        })
      }
    })
  },
)
