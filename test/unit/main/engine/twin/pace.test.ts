import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { openBackend } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { msPerIteration } from '../../../../../src/main/engine/twin/pace.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { stripes } from '../../../../support/images.ts'
import { mlp } from '../../../../support/networks.ts'

beforeAll(() => openBackend('wasm'))

const images = stripes(60, 3)
const initial = mlp({ inputSize: 64, hiddenSizes: [8], embeddingSize: 2 }, 1)

test('is a figure even where the training itself would diverge, and leaves no tensor behind', async () => {
  const before = tf.memory().numTensors
  const settings = { ...defaults, learningRate: 1, margin: 1000, images, initial }
  const ms = await msPerIteration(settings, 10, new AbortController().signal)
  expect(ms).toBeGreaterThan(0)
  expect(ms).toBeLessThan(Number.POSITIVE_INFINITY)
  expect(tf.memory().numTensors).toBe(before)
})

test('ends early when it is left behind, and then is no figure', async () => {
  const left = new AbortController()
  left.abort()
  const ms = await msPerIteration({ ...defaults, images, initial }, 10, left.signal)
  expect(Number.isFinite(ms)).toBe(false)
})
