import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { Adam } from '../../src/main/engine/twin/adam.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { golden } from './golden/objective.ts'

const settings = { gradientDecay: 0.9, squaredGradientDecay: 0.99, weightDecay: 0 }

describe.each(availableBackends(['native', 'wasm']))('Adam on %s', backend => {
  test('is algorithm 1 of Kingma and Ba, over 200 iterations in double precision', async () => {
    await useBackend(backend)
    const random = Random.seeded(1, 'display')
    const start = [...random.normals(6, 1)]
    const variable = tf.variable(tf.tensor2d(start, [2, 3]))
    const adam = new Adam([variable], settings)
    const [theta, m, v] = [[...start], new Array<number>(6).fill(0), new Array<number>(6).fill(0)]
    for (let t = 1; t <= 200; t++) {
      const gradient = [...random.normals(6, 10 ** -(t % 5))]
      adam.apply([tf.tensor2d(gradient, [2, 3])], 0.01)
      gradient.forEach((g, i) => {
        m[i] = 0.9 * m[i]! + 0.1 * g
        v[i] = 0.99 * v[i]! + 0.01 * g * g
        theta[i]! -= (0.01 * (m[i]! / (1 - 0.9 ** t))) / (Math.sqrt(v[i]! / (1 - 0.99 ** t)) + 1e-8)
      })
    }
    const learned = await variable.data()
    theta.forEach((expected, i) => {
      expect(learned[i]).toBeCloseTo(expected, 4)
    })
  })

  test('with weight decay is AdamW, as PyTorch computes it', async () => {
    await useBackend(backend)
    const variable = tf.variable(tf.tensor1d([1, -2, 0.5]))
    const adam = new Adam([variable], { ...settings, weightDecay: 0.1 })
    for (let t = 0; t < 50; t++) {
      adam.apply([tf.mul(tf.tensor1d([0.3, -0.1, 0.2]), (t % 3) - 0.5)], 0.01)
    }
    const learned = await variable.data()
    golden.adamW.forEach((expected, i) => {
      expect(learned[i]).toBeCloseTo(expected, 5)
    })
  })

  test('a weight whose gradient is zero stays where it is', async () => {
    await useBackend(backend)
    const variable = tf.variable(tf.tensor1d([3]))
    const adam = new Adam([variable], settings)
    for (let i = 0; i < 5; i++) adam.apply([tf.tensor1d([0])], 0.01)
    expect([...(await variable.data())]).toEqual([3])
  })
})
