import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openBackend } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { PairSampler } from '../../../../../src/main/engine/twin/pairs.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { createTrainStep, type TrainStep } from '../../../../../src/main/engine/twin/train-step.ts'
import { train } from '../../../../../src/main/engine/twin/trainer.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { stripes } from '../../../../support/images.ts'
import { mlp } from '../../../../support/networks.ts'

const images = stripes(40, 4)

beforeAll(async () => {
  await openBackend('wasm')
})

function newStep(overrides: Partial<typeof defaults> = {}): TrainStep {
  const initial = mlp({ inputSize: 64, hiddenSizes: [16], embeddingSize: 2 }, 1)
  return createTrainStep({ ...defaults, learningRate: 1e-3, ...overrides, images, initial })
}
const newPairs = (): PairSampler => new PairSampler(images.labels, Random.seeded(1, 'pairs'))
const never = new AbortController().signal

async function losses(iterations: number, step: TrainStep, signal = never): Promise<number[]> {
  const all: number[] = []
  for await (const batch of train(step, newPairs(), { batchSize: 12, iterations }, signal)) {
    expect(batch.firstIteration).toBe(all.length + 1)
    all.push(...batch.losses)
  }
  return all
}

describe('train', () => {
  test('gives the loss of every iteration, and learns', async () => {
    const step = newStep()
    const all = await losses(200, step)
    step.dispose()
    expect(all).toHaveLength(200)
    const mean = (part: number[]): number => part.reduce((sum, x) => sum + x, 0) / part.length
    expect(mean(all.slice(-20))).toBeLessThan(mean(all.slice(0, 20)) / 2)
  })

  test('an abort ends it after the iteration under way, and what was learned stays', async () => {
    const step = newStep()
    const stop = new AbortController()
    let done = 0
    for await (const batch of train(step, newPairs(), { batchSize: 12, iterations: 100_000 }, stop.signal)) {
      done = batch.firstIteration + batch.losses.length - 1
      if (done >= 10) stop.abort()
    }
    expect(done).toBeGreaterThanOrEqual(10)
    expect(done).toBeLessThan(100_000)
    expect(tf.memory().numTensors).toBeGreaterThan(0)
    step.dispose()
  })

  test('other work of the event loop gets its turn during training', async () => {
    const step = newStep()
    let turns = 0
    const ticking = setInterval(() => turns++, 1)
    await losses(400, step)
    clearInterval(ticking)
    step.dispose()
    expect(turns).toBeGreaterThan(3)
  })

  test('no tensor is left behind: as many after iteration 1,000 as after 100, none after the end', async () => {
    const before = tf.memory().numTensors
    const step = newStep()
    const counts: number[] = []
    for await (const batch of train(step, newPairs(), { batchSize: 4, iterations: 1000 }, never)) {
      const done = batch.firstIteration + batch.losses.length - 1
      if (done >= 100) counts.push(tf.memory().numTensors)
    }
    step.dispose()
    expect(new Set(counts).size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('a training that diverges ends with a sentence that says what to try', async () => {
    const step = newStep({ learningRate: 1e30 })
    await expect(losses(50, step)).rejects.toThrow(/diverged.*smaller learning rate/)
    step.dispose()
  })
})
