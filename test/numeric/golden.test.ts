import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type DataSet, sliceImages } from '../../src/main/engine/data/data-set.ts'
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { embed } from '../../src/main/engine/embedding/embed.ts'
import { createTrainStep } from '../../src/main/engine/twin/train-step.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { type GoldenCase, goldenCases, goldenInputs } from './golden/cases.ts'

const trainingSchema = z.object({
  torch: z.string(),
  losses: z.array(z.number()),
  features: z.array(z.number()),
})
const goldenSchema = z.record(
  z.string(),
  z.object({ sha256: z.string(), float32: trainingSchema, float64: trainingSchema }),
)
const golden = goldenSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'golden/golden.json'), 'utf8')),
)

/** Largest relative difference that each backend's losses may have. */
const tolerance = { native: 1e-4, cuda: 1e-3, webgpu: 1e-3, wasm: 1e-3, cpu: 1e-3 } as const

/** Iterations for which the default job's rounding stays within that (PyTorch's own: 2.4e-5 up to there). */
const wellConditioned = 20

/** Loss of every iteration, and the features of the first five training images after the last. */
async function trainAsPyTorchDid(
  name: GoldenCase,
  data: DataSet,
): Promise<{ losses: number[]; features: number[] }> {
  const { initial, batches, sha256 } = goldenInputs(name, data)
  expect(sha256, 'the inputs have changed: make golden.json anew').toBe(golden[name]?.sha256)
  const step = createTrainStep({ ...goldenCases[name], images: data.train, initial })
  const unread = batches.map(batch => step.run(batch))
  const losses = [...(await tf.stack(unread).data())]
  const { values } = await embed(step.network(), sliceImages(data.train, 0, 5))
  step.dispose()
  return { losses, features: [...values] }
}

function worstDifference(losses: readonly number[], expected: readonly number[]): number {
  expect(losses).toHaveLength(expected.length)
  return Math.max(...losses.map((loss, i) => Math.abs(loss / (expected[i] as number) - 1)))
}

describe.each(availableBackends(['native', 'wasm']))('the losses of PyTorch, on %s', backend => {
  test.each(['small', 'defaults at learning rate 5e-6'] as const)('all hundred: %s', async name => {
    await useBackend(backend)
    const { losses, features } = await trainAsPyTorchDid(name, await loadDigits(5000, 5000))
    const expected = golden[name]!.float64
    expect(worstDifference(losses, expected.losses)).toBeLessThan(tolerance[backend])
    features.forEach((feature, i) => {
      expect(feature).toBeCloseTo(expected.features[i] as number, 3)
    })
  })

  test('the default job: closely while it is well conditioned, then no further off than PyTorch from itself', async () => {
    await useBackend(backend)
    const { losses } = await trainAsPyTorchDid('defaults', await loadDigits(5000, 5000))
    const { float32, float64 } = golden['defaults']!
    const early = worstDifference(losses.slice(0, wellConditioned), float64.losses.slice(0, wellConditioned))
    expect(early).toBeLessThan(tolerance[backend])
    const itself = worstDifference(float32.losses, float64.losses)
    expect(worstDifference(losses, float64.losses)).toBeLessThan(3 * itself)
  })
})
