import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { gatherPixels } from '../../src/main/engine/data/data-set.ts'
import { networkGraph } from '../../src/main/engine/twin/graph/network-graph.ts'
import { encode } from '../../src/main/engine/twin/network/forward.ts'
import { frozenLayers, learnedWeights } from '../../src/main/engine/twin/network/freeze.ts'
import { disposeNetwork, toNetwork } from '../../src/main/engine/twin/network/network.ts'
import { initialNetwork } from '../../src/main/engine/twin/network/network-values.ts'
import { ClassBatchSampler } from '../../src/main/engine/twin/objective/class-batch.ts'
import { classBatchLoss } from '../../src/main/engine/twin/objective/objective.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { GenericTrainStep } from '../../src/main/engine/twin/train-step.generic.ts'
import {
  createTrainStep,
  type TrainStep,
  type TrainStepSettings,
} from '../../src/main/engine/twin/train-step.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { images, learning, networkCases } from './golden/networks.ts'

const plain = { ...networkCases['mlp with batch norm'], batchNorm: false, normalisation: null }
const cases = [
  ['mlp as the recipe has it', plain, 1],
  ['mlp as the recipe has it', plain, 2],
  ['mlp with batch norm', networkCases['mlp with batch norm'], 2],
  ['cnn', networkCases.cnn, 3],
  ['cnn without batch norm', networkCases['cnn without batch norm'], 2],
  ['residual', networkCases.residual, 4],
] as const

const settingsOf = (spec: (typeof cases)[number][1], freeze: number): TrainStepSettings => {
  const drawn = initialNetwork(spec, 2)
  const random = Random.seeded(3, 'display')
  // Moving averages as after a training: none is 0 or 1.
  const tensors = drawn.tensors.map(tensor => {
    if (!/\.(mean|variance)$/.test(tensor.name)) return tensor
    return { ...tensor, values: random.normals(tensor.values.length, 0.1).map(x => 0.3 + Math.abs(x)) }
  })
  return {
    ...learning,
    ...{ loss: 'contrastive', pairs: 'all', reduction: 'mean', weightDecay: 0.1, learningRate: 1e-3 },
    ...{ freeze, seed: 7, images, initial: { spec, tensors } },
  }
}

const batchOf = (seed: number) => new ClassBatchSampler(images.labels, Random.seeded(seed, 'pairs')).draw(12)

function gradientsOf(step: TrainStep): { loss: number; gradients: Float32Array[] } {
  const { loss, gradients } = step.differentiate(batchOf(1))
  const found = {
    loss: loss.dataSync()[0] as number,
    gradients: gradients.map(gradient => gradient.dataSync<'float32'>().slice()),
  }
  tf.dispose([loss, ...gradients])
  step.dispose()
  return found
}

describe.each(availableBackends(['native', 'wasm']))('frozen layers, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(cases)('stay to the last bit, and all others learn: %s, %#', async (_, spec, freeze) => {
    const settings = settingsOf(spec, freeze)
    const step = createTrainStep(settings)
    for (let i = 0; i < 5; i++) step.run(batchOf(i)).dispose()
    const { network, adam } = await step.state()
    step.dispose()
    const frozen = frozenLayers(spec, freeze)
    const layerOf = (name: string): string => name.slice(0, name.lastIndexOf('.'))
    const before = settings.initial.tensors
    expect(before.some(({ name }) => frozen.has(layerOf(name)))).toBe(true)
    network.tensors.forEach(({ name, values }, i) => {
      if (frozen.has(layerOf(name))) expect(values, name).toEqual(before[i]!.values)
      else expect(values, name).not.toEqual(before[i]!.values)
    })
    expect(adam.means).toHaveLength(learnedWeights(spec, freeze).length)
  })

  test.each(cases)('leave the others the gradients of the generic step: %s, %#', (_, spec, freeze) => {
    const settings = settingsOf(spec, freeze)
    const generic = gradientsOf(new GenericTrainStep(settings))
    const chosen = gradientsOf(createTrainStep(settings))
    expect(Math.abs(chosen.loss - generic.loss)).toBeLessThan(1e-5 * generic.loss)
    const largest = Math.max(...generic.gradients.flatMap(values => [...values].map(Math.abs)))
    expect(chosen.gradients).toHaveLength(learnedWeights(spec, freeze).length)
    chosen.gradients.forEach((values, t) => {
      values.forEach((x, i) => {
        expect(Math.abs(x - generic.gradients[t]![i]!)).toBeLessThan(1e-4 * largest)
      })
    })
  })

  test('without batch norm, those of the whole network are theirs', () => {
    const whole = gradientsOf(new GenericTrainStep(settingsOf(plain, 0)))
    const upper = gradientsOf(new GenericTrainStep(settingsOf(plain, 2)))
    expect(upper.loss).toBe(whole.loss)
    upper.gradients.forEach((values, t) => {
      expect(values).toEqual(whole.gradients[whole.gradients.length - upper.gradients.length + t])
    })
  })

  test('with batch norm they are as in inference: the loss is that of the features as they are embedded', () => {
    const spec = networkCases.cnn
    // All but the features' own layer, which has no batch norm.
    const settings = settingsOf(spec, 5)
    const { loss } = gradientsOf(createTrainStep(settings))
    const network = toNetwork(settings.initial)
    const batch = batchOf(1)
    const expected = tf.tidy(() => {
      const rows = tf.tensor2d(gatherPixels(images, batch.indices), [batch.indices.length, 64])
      return classBatchLoss(settings, encode(network, rows), batch).dataSync()[0] as number
    })
    disposeNetwork(network)
    expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * expected)
  })
})

test('an iteration has nothing to do for the gradients of frozen layers', () => {
  const spec = networkCases.cnn
  /** What the step comes by, by op. */
  const opsOf = (freeze: number): string[] => {
    const graph = networkGraph({ ...learning, freeze, spec, images: 60, pixels: 'float', fed: false })
    const ops = new Map(graph.ops.map(op => [op.name, op]))
    const reached = new Set<string>()
    const visit = (name: string): void => {
      if (reached.has(name)) return
      reached.add(name)
      for (const input of ops.get(name)?.inputs ?? []) visit(input.replace(/^\^|:\d+$/g, ''))
    }
    visit('step')
    return [...reached].map(name => ops.get(name)?.op ?? '')
  }
  const count = (freeze: number, op: string): number => opsOf(freeze).filter(one => one === op).length
  expect([0, 2, 4].map(freeze => count(freeze, 'Conv2DBackpropFilter'))).toEqual([4, 2, 0])
  expect([0, 2, 4].map(freeze => count(freeze, 'Conv2DBackpropInput'))).toEqual([3, 1, 0])
  expect([0, 2, 4].map(freeze => count(freeze, 'FusedBatchNormV3'))).toEqual([5, 3, 1])
  expect([0, 2, 4].map(freeze => count(freeze, 'ResourceApplyAdam'))).toEqual([17, 11, 5])
})
