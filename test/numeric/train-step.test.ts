import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { GenericTrainStep } from '../../src/main/engine/twin/train-step.generic.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import type { TrainStep } from '../../src/main/engine/twin/train-step.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { stripes } from '../support/images.ts'
import { mlp } from '../support/networks.ts'

const images = stripes(200, 5)

interface Case {
  readonly seed: number
  readonly margin: number
  readonly batchSize: number
  readonly embeddingSize: number
  readonly hiddenSizes?: number[]
}

const cases: Case[] = [
  { seed: 1, margin: 1, batchSize: 180, embeddingSize: 2 },
  { seed: 2, margin: 0.5, batchSize: 180, embeddingSize: 3 },
  { seed: 3, margin: 2, batchSize: 1024, embeddingSize: 64 },
  { seed: 4, margin: 1, batchSize: 1, embeddingSize: 2 },
  { seed: 5, margin: 1, batchSize: 2, embeddingSize: 3 },
  { seed: 6, margin: 1, batchSize: 32, embeddingSize: 1, hiddenSizes: [7] },
  { seed: 7, margin: 1, batchSize: 32, embeddingSize: 2, hiddenSizes: [16, 12, 9] },
]

function settingsOf({ seed, margin, embeddingSize, hiddenSizes = [32, 16] }: Case) {
  const initial = mlp({ inputSize: 64, hiddenSizes, embeddingSize }, seed)
  return { ...defaults, margin, images, initial }
}

/** Losses of a hundred iterations. */
async function train(step: TrainStep, { seed, batchSize }: Case): Promise<number[]> {
  const pairs = new PairSampler(images.labels, Random.seeded(seed, 'pairs'))
  const losses: number[] = []
  for (let i = 0; i < 100; i++) {
    const loss = step.run(pairs.draw(batchSize))
    losses.push((await loss.data())[0] as number)
    loss.dispose()
  }
  step.dispose()
  return losses
}

describe.each(availableBackends(['native']))('the native step equals the generic one, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(cases)('over a hundred iterations: %o', async one => {
    const plain = await train(new GenericTrainStep(settingsOf(one)), one)
    const fast = await train(new NativeTrainStep(settingsOf(one)), one)
    fast.forEach((loss, i) => {
      expect(Math.abs(loss - plain[i]!)).toBeLessThan(1e-4 * Math.max(plain[i]!, 1e-2))
    })
  })

  test.each(cases)('in loss and gradients: %o', async one => {
    const pairs = new PairSampler(images.labels, Random.seeded(one.seed, 'pairs')).draw(one.batchSize)
    const steps = [new GenericTrainStep(settingsOf(one)), new NativeTrainStep(settingsOf(one))]
    const [plain, fast] = steps.map(step => {
      const { loss, gradients } = step.differentiate(pairs)
      step.dispose()
      return [loss, ...gradients].map(tensor => tensor.dataSync<'float32'>())
    }) as [Float32Array[], Float32Array[]]
    const largest = plain.reduce(
      (most, values) => values.reduce((m, x) => Math.max(m, Math.abs(x)), most),
      1e-6,
    )
    fast.forEach((values, t) => {
      values.forEach((x, i) => {
        expect(Math.abs(x - plain[t]![i]!)).toBeLessThan(
          1e-4 * Math.max(Math.abs(plain[t]![i]!), 1e-2 * largest),
        )
      })
    })
  })

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors
    const step = new NativeTrainStep(settingsOf(cases[0]!))
    const pairs = new PairSampler(images.labels, Random.seeded(1, 'pairs'))
    const counts = Array.from({ length: 50 }, () => {
      step.run(pairs.draw(8)).dispose()
      return tf.memory().numTensors
    })
    step.network()
    step.run(pairs.draw(8)).dispose()
    step.dispose()
    expect(new Set(counts).size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })
})
