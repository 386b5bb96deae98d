import { beforeAll, describe, expect, test } from 'vitest'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { GenericTrainStep } from '../../src/main/engine/twin/train-step.generic.ts'
import { createTrainStep, type TrainStep } from '../../src/main/engine/twin/train-step.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { stripes } from '../support/images.ts'
import { mlp } from '../support/networks.ts'

const images = stripes(200, 5)
const initial = mlp({ inputSize: 64, hiddenSizes: [32, 16], embeddingSize: 2 }, 1)
const settings = { ...defaults, learningRate: 1e-3, margin: 1, images, initial }

async function losses(step: TrainStep, pairs: PairSampler, iterations: number): Promise<number[]> {
  const all: number[] = []
  for (let i = 0; i < iterations; i++) {
    const loss = step.run(pairs.draw(20))
    all.push((await loss.data())[0] as number)
    loss.dispose()
  }
  return all
}

const pairs = (): PairSampler => new PairSampler(images.labels, Random.seeded(1, 'pairs'))

describe.each(availableBackends(['native', 'wasm']))('on %s', backend => {
  beforeAll(() => useBackend(backend))

  test('a step goes on from the state of another as if it were the same one', async () => {
    const whole = new GenericTrainStep(settings)
    const expected = await losses(whole, pairs(), 60)
    whole.dispose()

    const sampler = pairs()
    const first = new GenericTrainStep(settings)
    const before = await losses(first, sampler, 30)
    const { network, adam } = await first.state()
    first.dispose()
    expect(adam.iteration).toBe(30)
    const second = createTrainStep({ ...settings, initial: network, adam })
    const after = await losses(second, sampler, 30)
    second.dispose()

    for (const [i, loss] of [...before, ...after].entries()) {
      expect(Math.abs(loss - expected[i]!)).toBeLessThan(1e-4 * Math.max(expected[i]!, 1e-2))
    }
  })
})
