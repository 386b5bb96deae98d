import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { contrastiveLoss } from '../../src/main/engine/twin/contrastive-loss.ts'
import { encode, initialLayers, type LayerValues } from '../../src/main/engine/twin/encoder.ts'
import { toLayers } from '../../src/main/engine/twin/layer-values.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { availableBackends, useBackend } from '../support/backends.ts'

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
function initial(): LayerValues[] {
  return initialLayers(shape, 2).map(layer => ({ ...layer, bias: layer.bias.map((_, i) => 0.05 * (i + 1)) }))
}

describe.each(availableBackends(['native', 'wasm', 'cpu']))(
  'the gradient of the loss in every weight, on %s',
  backend => {
    test('agrees with finite differences in double precision', async () => {
      await useBackend(backend)
      const values = initial()
      const layers = toLayers(values)
      const tensors = layers.flatMap(({ kernel, bias }) => [kernel, bias] as tf.Tensor[])
      const gradients = tf.grads((...weights) => {
        const used = layers.map((_, l) => ({
          kernel: weights[2 * l] as tf.Tensor2D,
          bias: weights[2 * l + 1] as tf.Tensor1D,
        }))
        return contrastiveLoss(
          encode(used, tf.tensor2d(first)),
          encode(used, tf.tensor2d(second)),
          tf.tensor1d(similar),
          margin,
        )
      })(tensors)
      const plain = values.map(({ inputs, outputs, kernel, bias }) => ({
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
