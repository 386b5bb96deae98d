import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { Graph } from '../../src/main/engine/tensorflow/graph/graph.ts'
import { GraphSession } from '../../src/main/engine/tensorflow/graph/graph-session.ts'
import { initialNetwork } from '../../src/main/engine/twin/network/network-values.ts'
import { ClassBatchSampler } from '../../src/main/engine/twin/objective/class-batch.ts'
import { lossFeeds } from '../../src/main/engine/twin/objective/loss-feeds.ts'
import { lossGraph } from '../../src/main/engine/twin/objective/loss-graph.ts'
import { classBatchLoss, type ObjectiveSettings } from '../../src/main/engine/twin/objective/objective.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { GenericTrainStep } from '../../src/main/engine/twin/train-step.generic.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import {
  createTrainStep,
  type TrainStep,
  type TrainStepSettings,
} from '../../src/main/engine/twin/train-step.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { callsOf } from '../support/counted-calls.ts'
import { stripes } from '../support/images.ts'
import { mlp } from '../support/networks.ts'
import { networkCases } from './golden/networks.ts'
import { golden, type LossName, objectives } from './golden/objective.ts'

const names = Object.keys(objectives) as LossName[]

/** Loss and gradient of a batch's features, by the graph. */
function byGraph(settings: ObjectiveSettings, features: number[][], labels: Int32Array): Float32Array[] {
  const graph = new Graph()
  const size = features[0]!.length
  const { slope } = lossGraph(graph, graph.placeholder('features', 'float'), size, settings)
  const session = new GraphSession(graph)
  const batch = { indices: new Int32Array(labels.length), labels }
  const found = tf.tidy(() => {
    const feeds = { features: tf.tensor2d(features), ...lossFeeds(settings, batch) }
    return session.run(feeds, ['loss', slope])
  })
  session.dispose()
  const values = found.map(value => value.dataSync<'float32'>().slice())
  tf.dispose(found)
  return values
}

/** Loss and gradient by automatic differentiation. */
function bySpecification(
  settings: ObjectiveSettings,
  features: number[][],
  labels: Int32Array,
): Float32Array[] {
  const batch = { indices: new Int32Array(labels.length), labels }
  const found = tf.tidy(() => {
    const loss = (x: tf.Tensor): tf.Scalar => classBatchLoss(settings, x as tf.Tensor2D, batch)
    const { value, grad } = tf.valueAndGrad(loss)(tf.tensor2d(features))
    return [value, grad]
  })
  const values = found.map(one => one.dataSync<'float32'>().slice())
  tf.dispose(found)
  return values
}

const near = (found: number, expected: number, tolerance: number): void =>
  expect(Math.abs(found - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)))

describe.each(availableBackends(['native']))('the objectives as graphs, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(names)('%s: loss and gradient are those of PyTorch', name => {
    const each = name === 'n-pairs' ? 2 : 4
    const labels = Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / each))
    const [loss, slope] = byGraph({ ...defaults, ...objectives[name] }, golden.features, labels)
    const expected = golden.losses[name]
    expect(loss![0]).toBeCloseTo(expected.loss, 4)
    expected.gradient.flat().forEach((x, i) => {
      near(slope![i]!, x, 1e-4)
    })
  })

  test.each(names)('%s: equals the specification where images are alike', name => {
    // Two images that are the same make ties, and distances of exactly 0.
    const features = golden.features.map((row, i) => golden.features[i % 4 === 3 ? i - 1 : i] ?? row)
    const labels = Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / 4))
    const settings = { ...defaults, ...objectives[name] }
    const [plain, fast] = [
      bySpecification(settings, features, labels),
      byGraph(settings, features, labels),
    ].map(([loss, slope]) => [...loss!, ...slope!]) as [number[], number[]]
    expect(plain.every(Number.isFinite)).toBe(true)
    fast.forEach((x, i) => {
      near(x, plain[i]!, 1e-4)
    })
  })
})

const images = stripes(200, 5)
const settingsOf = (name: LossName, rest: Partial<TrainStepSettings> = {}): TrainStepSettings => ({
  ...defaults,
  learningRate: 1e-3,
  ...objectives[name],
  images,
  initial: mlp({ inputSize: 64, hiddenSizes: [32, 16], embeddingSize: 3 }, 1),
  ...rest,
})
const batchesOf = (): ClassBatchSampler => new ClassBatchSampler(images.labels, Random.seeded(1, 'pairs'))

function train(step: TrainStep, iterations: number): number[] {
  const batches = batchesOf()
  const losses = Array.from({ length: iterations }, () => {
    const loss = step.run(batches.draw(20))
    const value = loss.dataSync()[0] as number
    loss.dispose()
    return value
  })
  step.dispose()
  return losses
}

describe.each(availableBackends(['native']))('a step of each objective, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(names)('%s: equals the generic one over thirty iterations', name => {
    const plain = train(new GenericTrainStep(settingsOf(name)), 30)
    const fast = train(new NativeTrainStep(settingsOf(name)), 30)
    fast.forEach((loss, i) => {
      expect(Math.abs(loss - plain[i]!)).toBeLessThan(1e-3 * Math.max(plain[i]!, 1e-2))
    })
    expect(plain.at(-1)).toBeLessThan(plain[0]!)
  })

  test.each(names)('%s: equals the generic one with convolutions', name => {
    const initial = initialNetwork({ ...networkCases.cnn, dropout: 0.2, embeddingSize: 3 }, 2)
    const settings = settingsOf(name, { initial, weightDecay: 0.1, learningRate: 1e-4 })
    const plain = train(new GenericTrainStep(settings), 10)
    const fast = train(new NativeTrainStep(settings), 10)
    const largest = Math.max(...plain)
    fast.forEach((loss, i) => {
      expect(Math.abs(loss - plain[i]!)).toBeLessThan(1e-3 * largest)
    })
  })

  test.each(names)('%s: is one call into TensorFlow', name => {
    const step = createTrainStep(settingsOf(name))
    const batches = batchesOf()
    step.run(batches.draw(20)).dispose()
    const calls = callsOf(() => step.run(batches.draw(20)).dispose())
    step.dispose()
    expect(calls['runSavedModel']).toBe(1)
    expect(calls['executeOp']).toBeUndefined()
  })
})
