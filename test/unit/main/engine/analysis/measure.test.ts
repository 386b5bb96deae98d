import { describe, expect, test } from 'vitest'
import { measurePoints, spreadOf } from '../../../../../src/main/engine/analysis/measure.ts'
import { measureQuality, verificationPairs } from '../../../../../src/main/engine/embedding/quality.ts'
import { samplePairDistances } from '../../../../../src/main/engine/embedding/verification.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const margin = 1.2
const seed = 5

/** Two overlapping classes in the plane. */
function cloud(count: number, stream: number) {
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 2)
  const noise = Random.seeded(stream, 'display').normals(count * 2, 0.6)
  const values = noise.map((x, i) => x + (i % 2 === 0 ? (labels[Math.floor(i / 2)] as number) : 0))
  return { embedding: { values, count, size: 2 }, labels }
}
const points = cloud(90, 1)
const train = cloud(70, 2)
const measures = await measurePoints(points, train, { margin, seed })
const drawn = samplePairDistances(points, verificationPairs, Random.seeded(seed, 'quality'))
const of = (kind: number) => [...drawn.distances].filter((_, i) => drawn.similar[i] === kind)
const [similar, dissimilar] = [of(1), of(0)]
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

test('are those of the run with the same seed', async () => {
  const { precisionAt9, verification } = await measureQuality(train, points, seed)
  expect(measures.precisionAt9).toBe(precisionAt9)
  expect(measures.test).toMatchObject(verification)
  const { verification: ofTrain } = await measureQuality(points, train, seed)
  expect(measures.train).toMatchObject(ofTrain)
})

test('means, loss and the share at the margin equal a direct computation', () => {
  const { test: figures } = measures
  expect(figures.similarPairs).toBe(similar.length)
  expect(figures.dissimilarPairs).toBe(dissimilar.length)
  expect(figures.meanSimilar).toBeCloseTo(mean(similar), 9)
  expect(figures.meanDissimilar).toBeCloseTo(mean(dissimilar), 9)
  const pulled = mean(similar.map(d => d * d)) / 2
  const pushed = mean(dissimilar.map(d => Math.max(0, margin - d) ** 2)) / 2
  expect(figures.loss).toBeCloseTo((pulled + pushed) / 2, 9)
  const near = dissimilar.filter(d => d >= 0.75 * margin && d <= 1.25 * margin)
  expect(figures.atMargin).toBeCloseTo(near.length / dissimilar.length, 9)
})

describe('the ROC curve', () => {
  test('tells at each threshold the share of pairs judged wrongly, by counting', () => {
    const { thresholds, falseAccept, falseReject } = measures.roc
    expect(thresholds.length).toBeGreaterThan(300)
    for (let i = 0; i < thresholds.length; i += 37) {
      const threshold = thresholds[i] as number
      expect(falseAccept[i]).toBeCloseTo(
        dissimilar.filter(d => d <= threshold).length / dissimilar.length,
        12,
      )
      expect(falseReject[i]).toBeCloseTo(similar.filter(d => d > threshold).length / similar.length, 12)
    }
  })

  test('goes from refusing all to accepting all in small steps', () => {
    const { thresholds, falseAccept, falseReject } = measures.roc
    expect([thresholds[0], falseAccept[0], falseReject[0]]).toEqual([0, 0, 1])
    expect([falseAccept.at(-1), falseReject.at(-1)]).toEqual([1, 0])
    for (let i = 1; i < thresholds.length; i++) {
      expect(thresholds[i]).toBeGreaterThan(thresholds[i - 1] as number)
      // 2,000 different pairs of points, so that a quantile is several of the 200,000 draws.
      expect((falseAccept[i] as number) - (falseAccept[i - 1] as number)).toBeLessThan(0.01)
    }
  })
})

test('the histogram counts every pair once, in the bin of its distance', () => {
  const { width, similar: counts, dissimilar: others } = measures.histogram
  const last = counts.length - 1
  const inBin = (values: readonly number[], bin: number) =>
    values.filter(d => d >= bin * width && (bin === last || d < (bin + 1) * width)).length
  for (const bin of [0, 7, 30, last]) {
    expect(counts[bin]).toBe(inBin(similar, bin))
    expect(others[bin]).toBe(inBin(dissimilar, bin))
  }
  expect(counts.reduce((sum, x) => sum + x, 0)).toBe(similar.length)
})

test('the spread is the root mean square distance to the centre', () => {
  expect(spreadOf({ values: Float32Array.of(0, 0, 3, 4), count: 2, size: 2 })).toBeCloseTo(2.5, 12)
})

test('what cannot be measured is null: one class only, one point only', async () => {
  const alike = { ...points, labels: new Uint16Array(90) }
  const { test: figures, roc } = await measurePoints(alike, undefined, { margin, seed })
  expect(figures).toMatchObject({ auc: null, eer: null, meanDissimilar: null, loss: null })
  expect(roc.thresholds).toHaveLength(0)
  const one = { embedding: { values: Float32Array.of(1, 2), count: 1, size: 2 }, labels: new Uint16Array(1) }
  expect((await measurePoints(one, undefined, { margin, seed })).precisionAt9).toBeNull()
})

test('features that are all equal have distance 0 and a histogram nonetheless', async () => {
  const flat = {
    embedding: { values: new Float32Array(40), count: 20, size: 2 },
    labels: points.labels.slice(0, 20),
  }
  const { test: figures, histogram } = await measurePoints(flat, undefined, { margin, seed })
  expect(figures).toMatchObject({ meanSimilar: 0, meanDissimilar: 0, auc: 0.5, eer: 0.5 })
  expect(histogram.width).toBeGreaterThan(0)
  expect(histogram.similar[0]).toBe(figures.similarPairs)
})
