import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contrastiveLoss } from '../../src/main/engine/twin/contrastive-loss.ts'
import { availableBackends, useBackend } from '../support/backends.ts'

/** The formula in double precision, written from the paper. */
function lossInDoubles(first: number[][], second: number[][], similar: number[], margin: number): number {
  return first.reduce((sum, a, i) => {
    const b = second[i] as number[]
    const d = Math.sqrt(a.reduce((squares, x, k) => squares + (x - (b[k] as number)) ** 2, 0) + 1e-6)
    const y = similar[i] as number
    return sum + 0.5 * (y * d ** 2 + (1 - y) * Math.max(margin - d, 0) ** 2)
  }, 0)
}

const coordinate = fc.double({ min: -2, max: 2, noNaN: true })
const batch = fc
  .record({ pairs: fc.integer({ min: 1, max: 12 }), size: fc.constantFrom(1, 2, 3, 16) })
  .chain(({ pairs, size }) => {
    const points = fc.array(fc.array(coordinate, { minLength: size, maxLength: size }), {
      minLength: pairs,
      maxLength: pairs,
    })
    return fc.record({
      first: points,
      second: points,
      similar: fc.array(fc.constantFrom(0, 1), { minLength: pairs, maxLength: pairs }),
      margin: fc.double({ min: 0.05, max: 3, noNaN: true }),
    })
  })

describe.each(availableBackends(['native', 'wasm', 'cpu']))('contrastiveLoss on %s', backend => {
  test('is the formula of Hadsell, Chopra and LeCun, summed over the batch', async () => {
    await useBackend(backend)
    fc.assert(
      fc.property(batch, ({ first, second, similar, margin }) => {
        const loss = tf.tidy(
          () =>
            contrastiveLoss(
              tf.tensor2d(first),
              tf.tensor2d(second),
              tf.tensor1d(similar),
              margin,
            ).dataSync()[0] as number,
        )
        const expected = lossInDoubles(first, second, similar, margin)
        expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * Math.max(1, expected))
      }),
      { numRuns: 200 },
    )
  })

  test('its gradient agrees with finite differences of the formula in double precision', async () => {
    await useBackend(backend)
    fc.assert(
      fc.property(batch, ({ first, second, similar, margin }) => {
        const distances = first.map((a, i) => Math.hypot(...a.map((x, k) => x - (second[i] as number[])[k]!)))
        // Finite differences across the kink at the margin, or where a pair coincides, say nothing.
        fc.pre(distances.every(d => Math.abs(d - margin) > 1e-2 && d > 1e-2))
        const gradient = tf.tidy(
          () =>
            tf
              .grad(x =>
                contrastiveLoss(x as tf.Tensor2D, tf.tensor2d(second), tf.tensor1d(similar), margin),
              )(tf.tensor2d(first))
              .arraySync() as number[][],
        )
        const h = 1e-5
        first.forEach((row, i) => {
          row.forEach((_, k) => {
            const at = (shift: number): number => {
              const moved = first.map(copied => [...copied])
              moved[i]![k]! += shift
              return lossInDoubles(moved, second, similar, margin)
            }
            const slope = (at(h) - at(-h)) / (2 * h)
            expect(Math.abs(gradient[i]![k]! - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)))
          })
        })
      }),
      { numRuns: 60 },
    )
  })

  test('a pair that coincides has a finite gradient', async () => {
    await useBackend(backend)
    const same = [[0.5, -0.25]]
    const gradient = tf
      .grad(x => contrastiveLoss(x as tf.Tensor2D, tf.tensor2d(same), tf.tensor1d([0]), 1))(tf.tensor2d(same))
      .arraySync()
    expect(gradient).toEqual([[expect.closeTo(0, 6), expect.closeTo(0, 6)]])
  })
})
