import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  samplePairDistances,
  scoreVerification,
} from '../../../../../src/main/engine/embedding/verification.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 2,
  maxLength: 40,
})

describe('scoreVerification', () => {
  test('AUC is the share of (similar, dissimilar) couples in the right order, ties a half', () => {
    fc.assert(
      fc.property(scored, pairs => {
        const similar = pairs.filter(([, label]) => label === 1).map(([distance]) => distance)
        const dissimilar = pairs.filter(([, label]) => label === 0).map(([distance]) => distance)
        fc.pre(similar.length > 0 && dissimilar.length > 0)
        const couples = similar.flatMap(s => dissimilar.map(d => (s < d ? 1 : s === d ? 0.5 : 0)))
        const expected = couples.reduce((sum: number, x) => sum + x, 0) / couples.length
        const { auc } = scoreVerification(
          Float64Array.from(pairs, ([distance]) => distance),
          Uint8Array.from(pairs, ([, label]) => label),
        )
        expect(auc).toBeCloseTo(expected, 12)
      }),
    )
  })

  test('EER lies where the two error rates cross', () => {
    fc.assert(
      fc.property(scored, pairs => {
        const distances = Float64Array.from(pairs, ([distance]) => distance)
        const labels = Uint8Array.from(pairs, ([, label]) => label)
        const { eer } = scoreVerification(distances, labels)
        const positives = labels.reduce((sum, x) => sum + x, 0)
        if (positives === 0 || positives === labels.length) {
          expect(eer).toBeNaN()
          return
        }
        const rates = [-1, ...new Set(distances)].map(threshold => {
          const accepted = pairs.filter(([distance]) => distance <= threshold)
          const right = accepted.filter(([, label]) => label === 1).length
          return {
            falseAccept: (accepted.length - right) / (pairs.length - positives),
            falseReject: 1 - right / positives,
          }
        })
        // At every threshold one of the rates is at least, and one at most, the equal error rate.
        for (const { falseAccept, falseReject } of rates) {
          expect(Math.max(falseAccept, falseReject)).toBeGreaterThanOrEqual(eer - 1e-12)
          expect(Math.min(falseAccept, falseReject)).toBeLessThanOrEqual(eer + 1e-12)
        }
      }),
    )
  })

  test('perfectly told apart: AUC 1, EER 0, a threshold between', () => {
    const score = scoreVerification(Float64Array.of(0.1, 0.2, 0.8, 0.9), Uint8Array.of(1, 1, 0, 0))
    expect(score.auc).toBe(1)
    expect(score.eer).toBe(0)
    expect(score.eerThreshold).toBeGreaterThanOrEqual(0.2)
    expect(score.eerThreshold).toBeLessThan(0.8)
  })
})

test('a distance that is no number does not hold it up for ever', () => {
  const score = scoreVerification(Float64Array.of(1, Number.NaN, 2), Uint8Array.of(1, 0, 1))
  expect(score).toHaveProperty('auc')
})

test('sampled pairs are of two different images, each as likely', () => {
  const embedding = { values: Float32Array.of(0, 1, 3), count: 3, size: 1 }
  const { distances } = samplePairDistances(
    { embedding, labels: Uint16Array.of(0, 0, 1) },
    30_000,
    Random.seeded(1, 'quality'),
  )
  for (const distance of [1, 2, 3]) {
    expect(distances.filter(d => d === distance).length / 30_000).toBeCloseTo(1 / 3, 1)
  }
})
