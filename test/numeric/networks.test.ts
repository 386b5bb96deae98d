import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sliceImages } from '../../src/main/engine/data/data-set.ts'
import { embed } from '../../src/main/engine/embedding/embed.ts'
import { readNetwork } from '../../src/main/engine/twin/network/network.ts'
import { initialNetwork, weightsOf } from '../../src/main/engine/twin/network/network-values.ts'
import { ClassBatchSampler } from '../../src/main/engine/twin/objective/class-batch.ts'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { GenericTrainStep } from '../../src/main/engine/twin/train-step.generic.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import {
  createTrainStep,
  type TrainStep,
  type TrainStepSettings,
} from '../../src/main/engine/twin/train-step.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { mlp } from '../support/networks.ts'
import { images, learning, type NetworkCase, networkCases, networkInputs } from './golden/networks.ts'

const numbers = z.array(z.number())
const goldenSchema = z.record(
  z.string(),
  z.object({
    sha256: z.string(),
    losses: numbers,
    gradients: z.record(z.string(), numbers),
    averages: z.record(z.string(), numbers),
    features: numbers,
  }),
)
const golden = goldenSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden/networks.json'), 'utf8')),
)
const names = Object.keys(networkCases) as NetworkCase[]

const largestOf = (values: ArrayLike<number>): number =>
  Array.from(values, Math.abs).reduce((most, x) => Math.max(most, x), 0)

/** Largest difference of two lists, over the largest of what is expected, or over `least` where that is more. */
function difference(found: ArrayLike<number>, expected: ArrayLike<number>, least = 1e-6): number {
  expect(found).toHaveLength(expected.length)
  const largest = Math.max(least, largestOf(expected))
  return Array.from(expected, (x, i) => Math.abs(x - (found[i] as number)) / largest).reduce(
    (most, x) => Math.max(most, x),
    0,
  )
}

describe.each(availableBackends(['native', 'wasm', 'cpu']))(
  'networks as PyTorch has them, on %s',
  backend => {
    beforeAll(() => useBackend(backend))

    test.each(names)('gradients, losses, moving averages and features: %s', async name => {
      const { initial, batches, sha256 } = networkInputs(name)
      const expected = golden[name]!
      expect(sha256, 'the inputs have changed: make networks.json anew').toBe(expected.sha256)
      const step = createTrainStep({ ...learning, seed: 1, images, initial })
      const { loss, gradients } = step.differentiate(batches[0]!)
      expect(difference(loss.dataSync(), expected.losses.slice(0, 1))).toBeLessThan(1e-5)
      const learned = weightsOf(initial.spec).filter(weight => weight.learned)
      // The last bias moves both images of every pair alike: its gradient is 0, and what is there of it is rounding.
      const least = 1e-2 * Math.max(...Object.values(expected.gradients).map(largestOf))
      learned.forEach((weight, i) => {
        const slope = gradients[i]!.dataSync<'float32'>()
        expect(difference(slope, expected.gradients[weight.name]!, least), weight.name).toBeLessThan(2e-4)
      })
      tf.dispose([loss, ...gradients])
      const losses = batches.map(batch => step.run(batch).dataSync()[0] as number)
      expect(difference(losses, expected.losses)).toBeLessThan(1e-3)
      const { tensors } = await readNetwork(step.network())
      for (const [of, average] of Object.entries(expected.averages)) {
        const found = tensors.find(tensor => tensor.name === of)!
        expect(difference(found.values, average), of).toBeLessThan(2e-3)
      }
      const { values } = await embed(step.network(), sliceImages(images, 0, 5))
      expect(difference(values, expected.features)).toBeLessThan(5e-3)
      step.dispose()
    })
  },
)

/** Losses of twenty iterations by either step. */
function both(settings: TrainStepSettings): { plain: number[]; fast: number[] } {
  const train = (step: TrainStep): number[] => {
    const pairs = new PairSampler(images.labels, Random.seeded(1, 'pairs'))
    const losses = Array.from({ length: 20 }, () => step.run(pairs.draw(9)).dataSync()[0] as number)
    step.dispose()
    return losses
  }
  return { plain: train(new GenericTrainStep(settings)), fast: train(new NativeTrainStep(settings)) }
}

describe.each(availableBackends(['native']))('the native step of a network, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(names)('equals the generic one, dropout and all: %s', async name => {
    const spec = { ...networkCases[name], dropout: 0.4 }
    const { plain, fast } = both({ ...learning, seed: 7, images, initial: initialNetwork(spec, 2) })
    expect(difference(fast, plain)).toBeLessThan(1e-3)
    // What is left out changes with the iteration.
    expect(new Set(plain).size).toBe(20)
  })

  test.each([
    mlp({ inputSize: 64, hiddenSizes: [9], embeddingSize: 2 }, 2),
    initialNetwork(networkCases.cnn, 2),
  ])('equals the generic one on augmented images: $spec.kind', initial => {
    const augmented = {
      ...learning,
      shift: 1,
      rotation: 20,
      scaling: 10,
      elastic: 0.5,
      noise: 3,
      images,
      initial,
    }
    const { plain, fast } = both(augmented)
    expect(difference(fast, plain)).toBeLessThan(1e-3)
    expect(difference(both({ ...learning, images, initial }).fast, plain)).toBeGreaterThan(1e-3)
  })

  test.each(names)('equals the generic one on all pairs of class-balanced batches: %s', name => {
    const spec = { ...networkCases[name], dropout: 0.2 }
    const settings: TrainStepSettings = {
      ...learning,
      ...{ loss: 'contrastive', pairs: 'all', reduction: 'mean', margin: 2, weightDecay: 0.1 },
      ...{ seed: 7, images, initial: initialNetwork(spec, 2) },
    }
    const train = (step: TrainStep): number[] => {
      const batches = new ClassBatchSampler(images.labels, Random.seeded(1, 'pairs'))
      const losses = Array.from({ length: 20 }, () => step.run(batches.draw(12)).dataSync()[0] as number)
      step.dispose()
      return losses
    }
    const plain = train(new GenericTrainStep(settings))
    expect(difference(train(new NativeTrainStep(settings)), plain)).toBeLessThan(1e-3)
    expect(new Set(plain).size).toBe(20)
  })
})
