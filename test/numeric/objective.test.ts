import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { ClassBatchSampler } from '../../src/main/engine/twin/objective/class-batch.ts'
import { classBatchLoss, type ObjectiveSettings } from '../../src/main/engine/twin/objective/objective.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { GenericTrainStep } from '../../src/main/engine/twin/train-step.generic.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import type { TrainStep, TrainStepSettings } from '../../src/main/engine/twin/train-step.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { stripes } from '../support/images.ts'
import { mlp } from '../support/networks.ts'
import { golden, type LossName, objectives } from './golden/objective.ts'

/** As the golden values were made: three classes of four images, or six of two for N-pairs. */
const labels = Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / 4))
const twoEach = Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / 2))
const cases = Object.entries(objectives) as [LossName, Partial<ObjectiveSettings>][]

describe.each(availableBackends(['native', 'wasm', 'cpu']))('the objectives on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(cases)('%s: loss and gradient are those of PyTorch', (name, settings) => {
    const batch = { indices: new Int32Array(12), labels: name === 'n-pairs' ? twoEach : labels }
    const loss = (x: tf.Tensor): tf.Scalar =>
      classBatchLoss({ ...defaults, ...settings }, x as tf.Tensor2D, batch)
    const [value, gradient] = tf.tidy(() => {
      const found = tf.valueAndGrad(loss)(tf.tensor2d(golden.features))
      return [found.value.dataSync()[0] as number, found.grad.dataSync()] as const
    })
    const expected = golden.losses[name]
    expect(value).toBeCloseTo(expected.loss, 4)
    expected.gradient.flat().forEach((slope, i) => {
      expect(Math.abs((gradient[i] as number) - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)))
    })
  })

  test.each(cases)('%s: the gradient agrees with finite differences', (name, settings) => {
    const batch = { indices: new Int32Array(12), labels: name === 'n-pairs' ? twoEach : labels }
    const loss = (x: tf.Tensor): tf.Scalar =>
      classBatchLoss({ ...defaults, ...settings }, x as tf.Tensor2D, batch)
    const at = tf.tensor2d(golden.features)
    const gradient = tf.grad(loss)(at)
    const direction = tf.tensor2d([...Random.seeded(3, 'display').normals(36, 0.2)], [12, 3])
    const h = 0.01
    const along = (step: number): number => loss(tf.add(at, tf.mul(direction, step))).dataSync()[0] as number
    const slope = (along(h) - along(-h)) / (2 * h)
    const expected = tf.sum(tf.mul(gradient, direction)).dataSync()[0] as number
    expect(Math.abs(slope - expected)).toBeLessThan(0.01 * Math.max(1, Math.abs(expected)))
  })
})

const images = stripes(200, 5)
const settingsOf = (own: Partial<TrainStepSettings>): TrainStepSettings => ({
  ...defaults,
  images,
  initial: mlp({ inputSize: 64, hiddenSizes: [32, 16], embeddingSize: 2 }, 1),
  ...own,
})

async function train(step: TrainStep): Promise<number[]> {
  const batches = new ClassBatchSampler(images.labels, Random.seeded(1, 'pairs'))
  const losses: number[] = []
  for (let i = 0; i < 100; i++) {
    const loss = step.run(batches.draw(40))
    losses.push((await loss.data())[0] as number)
    loss.dispose()
  }
  step.dispose()
  return losses
}

const all = { loss: 'contrastive', pairs: 'all', margin: 1 } as const

describe.each(availableBackends(['native']))('all pairs as a graph, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each([
    all,
    { ...all, reduction: 'mean', schedule: 'one-cycle', warmup: 30, iterations: 100, learningRate: 1e-3 },
    { ...all, weightDecay: 0.1, schedule: 'step', iterations: 100, learningRate: 1e-3 },
    { ...all, initial: mlp({ inputSize: 64, hiddenSizes: [16], embeddingSize: 5 }, 2) },
  ] as const)('equals the generic step over a hundred iterations: %#', async own => {
    const plain = await train(new GenericTrainStep(settingsOf(own)))
    const fast = await train(new NativeTrainStep(settingsOf(own)))
    fast.forEach((loss, i) => {
      expect(Math.abs(loss - plain[i]!)).toBeLessThan(2e-4 * Math.max(plain[i]!, 1e-2))
    })
    expect(plain[99]).toBeLessThan(plain[0]!)
  })

  test('equals the generic step in loss and gradients', () => {
    const batch = new ClassBatchSampler(images.labels, Random.seeded(4, 'pairs')).draw(40)
    const steps = [new GenericTrainStep(settingsOf(all)), new NativeTrainStep(settingsOf(all))]
    const [plain, fast] = steps.map(step => {
      const { loss, gradients } = step.differentiate(batch)
      step.dispose()
      return [loss, ...gradients].map(tensor => tensor.dataSync<'float32'>())
    }) as [Float32Array[], Float32Array[]]
    const largest = Math.max(...plain.flatMap(values => [...values].map(Math.abs)))
    fast.forEach((values, t) => {
      values.forEach((x, i) => {
        expect(Math.abs(x - plain[t]![i]!)).toBeLessThan(
          1e-4 * Math.max(Math.abs(plain[t]![i]!), 1e-2 * largest),
        )
      })
    })
  })
})
