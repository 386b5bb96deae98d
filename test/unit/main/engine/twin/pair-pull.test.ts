import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openBackend } from '../../../../../src/main/engine/tensorflow/backends.ts'
import { contrastiveLoss } from '../../../../../src/main/engine/twin/contrastive-loss.ts'
import { pairPull } from '../../../../../src/main/engine/twin/pair-pull.ts'

beforeAll(async () => {
  await openBackend('cpu')
})

/** The loss of one pair in double precision, written down once more. */
function loss(a: readonly number[], b: readonly number[], similar: boolean, margin: number): number {
  const d = Math.sqrt(a.reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0) + 1e-6)
  return similar ? 0.5 * d * d : 0.5 * Math.max(margin - d, 0) ** 2
}

const point = fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 3, maxLength: 3 })
const cases = fc.record({
  a: point,
  b: point,
  similar: fc.boolean(),
  margin: fc.constantFrom(0.3, 1, 4),
})
const scaled = (values: readonly number[]) => Float32Array.from(values, value => value / 128)

describe('pairPull', () => {
  test('is the size of the gradient by finite differences', () => {
    fc.assert(
      fc.property(cases, ({ a, b, similar, margin }) => {
        const [first, second] = [scaled(a), scaled(b)]
        const { distance, size } = pairPull(first, second, similar, margin)
        // At the margin itself the gradient has a corner.
        fc.pre(Math.abs(distance - margin) > 1e-3)
        const step = 1e-6
        const slopes = first.map((_, i) => {
          const moved = (by: number) => [...first].map((x, k) => (k === i ? x + by : x))
          const rise =
            loss(moved(step), [...second], similar, margin) - loss(moved(-step), [...second], similar, margin)
          return rise / (2 * step)
        })
        expect(size).toBeCloseTo(Math.hypot(...slopes), 4)
      }),
    )
  })

  test('is what automatic differentiation of the loss itself gives', () => {
    fc.assert(
      fc.property(cases, ({ a, b, similar, margin }) => {
        const [first, second] = [scaled(a), scaled(b)]
        const { distance, size } = pairPull(first, second, similar, margin)
        fc.pre(Math.abs(distance - margin) > 1e-3)
        const row = (values: Float32Array) => tf.tensor2d(values, [1, values.length])
        const gradient = tf.tidy(() =>
          tf
            .grad(x =>
              contrastiveLoss(x as tf.Tensor2D, row(second), tf.tensor1d([similar ? 1 : 0]), margin),
            )(row(first))
            .dataSync(),
        )
        expect(size).toBeCloseTo(Math.hypot(...gradient), 4)
      }),
      { numRuns: 50 },
    )
  })

  test('a dissimilar pair pulls at nothing beyond the margin, nor at one place', () => {
    const at = Float32Array.of(1, 2)
    expect(pairPull(at, Float32Array.of(1, 4), false, 1).size).toBe(0)
    expect(pairPull(at, at, false, 1)).toEqual({ distance: 1e-3, size: 0 })
  })
})
