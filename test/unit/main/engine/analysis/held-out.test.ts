import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { HeldOut } from '../../../../../src/main/engine/analysis/held-out.ts'
import { embed } from '../../../../../src/main/engine/embedding/embed.ts'
import { verification } from '../../../../../src/main/engine/embedding/verification.ts'
import { toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'
import { stripes } from '../../../../support/images.ts'
import { mlp } from '../../../../support/networks.ts'

const data = { train: stripes(90, 3), test: stripes(60, 3, { seed: 8 }) }
const settings = { margin: 1, seed: 3, iterations: 600 }
const networkWith = (seed: number) =>
  toNetwork(mlp({ inputSize: 64, hiddenSizes: [8], embeddingSize: 2 }, seed))

beforeAll(() => useBackend('cpu'))

test('an evaluation of a small set is that of all its images', async () => {
  const heldOut = new HeldOut(data, settings)
  const layers = networkWith(1)
  await heldOut.follow(layers, 1)
  const embedding = await embed(layers, data.test)
  const { auc } = verification({ embedding, labels: data.test.labels }, 20_000, Random.seeded(3, 'quality'))
  expect(heldOut.series.iterations).toEqual(Int32Array.of(1))
  expect(heldOut.series.auc[0]).toBeCloseTo(auc, 6)
  const trained = { embedding: await embed(layers, data.train), labels: data.train.labels }
  const ofTrain = verification(trained, 20_000, Random.seeded(3, 'quality'))
  expect(heldOut.series.trainAuc[0]).toBeCloseTo(ofTrain.auc, 6)
})

test('no more than sixty in a training, whatever its length; the last is of its end', async () => {
  const heldOut = new HeldOut(data, settings)
  const layers = networkWith(1)
  for (let iteration = 1; iteration <= 600; iteration += 3) {
    await heldOut.follow(layers, iteration)
    if (iteration % 60 === 1) await new Promise(resolve => setTimeout(resolve, 110))
  }
  const ended = networkWith(2)
  await heldOut.end(await embed(ended, data.test), await embed(ended, data.train), 600)
  const { iterations, accuracy } = heldOut.series
  expect(iterations.length).toBeGreaterThan(2)
  expect(iterations.length).toBeLessThanOrEqual(61)
  expect(iterations.at(-1)).toBe(600)
  expect(accuracy).toHaveLength(iterations.length)
  for (let i = 1; i < iterations.length; i++)
    expect((iterations[i] as number) - (iterations[i - 1] as number)).toBeGreaterThanOrEqual(
      i === iterations.length - 1 ? 1 : 10,
    )
})

test('leaves no tensor behind', async () => {
  const heldOut = new HeldOut(data, settings)
  const layers = networkWith(1)
  const before = tf.memory().numTensors
  await heldOut.follow(layers, 1)
  expect(tf.memory().numTensors).toBe(before)
})
