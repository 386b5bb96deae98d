import { describe, expect, test } from 'vitest'
import { PairDistances } from '../../../../../src/main/engine/embedding/error-rates.ts'
import { fitSameProbability } from '../../../../../src/main/engine/embedding/same-probability.ts'
import { samplePairDistances } from '../../../../../src/main/engine/embedding/verification.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

/** Points of ten classes around ten centres, close enough to be mistaken: as an embedding of digits is. */
function clusters(count: number, seed: number) {
  const random = Random.seeded(seed, 'display')
  const labels = Uint16Array.from({ length: count }, () => random.below(10))
  const noise = random.normals(count * 2, 0.25)
  const values = new Float32Array(count * 2)
  labels.forEach((label, i) => {
    const angle = (2 * Math.PI * label) / 10
    values[2 * i] = Math.cos(angle) + (noise[2 * i] as number)
    values[2 * i + 1] = Math.sin(angle) + (noise[2 * i + 1] as number)
  })
  return { embedding: { values, count, size: 2 }, labels }
}

const pairsOf = (seed: number, pairs: number) =>
  samplePairDistances(clusters(2000, seed), pairs, Random.seeded(seed, 'quality'))

/** Expected calibration error over fifteen bins of equal width (Guo and others, ICML 2017, equation 3). */
function calibrationError(probabilities: readonly number[], similar: Uint8Array): number {
  let error = 0
  for (let bin = 0; bin < 15; bin++) {
    const members = [...probabilities.keys()].filter(
      i => Math.min(14, Math.floor((probabilities[i] as number) * 15)) === bin,
    )
    if (members.length === 0) continue
    const confidence = members.reduce((sum, i) => sum + (probabilities[i] as number), 0) / members.length
    const truth = members.reduce((sum, i) => sum + (similar[i] as number), 0) / members.length
    error += (members.length / similar.length) * Math.abs(confidence - truth)
  }
  return error
}

describe('fitSameProbability', () => {
  test('is calibrated for pairs of images that it was not fitted on', () => {
    const { distances, similar } = pairsOf(1, 50_000)
    const same = fitSameProbability(distances, similar)
    const other = pairsOf(2, 50_000)
    const probabilities = Array.from(other.distances, distance => same?.at(distance) as number)
    expect(calibrationError(probabilities, other.similar)).toBeLessThan(0.02)
    // One that says the overall share of every pair is as calibrated and says nothing: this one tells pairs apart.
    const share = other.similar.reduce((sum, one) => sum + one, 0) / other.similar.length
    const squares = (said: (i: number) => number): number =>
      other.similar.reduce((sum, truth, i) => sum + (said(i) - truth) ** 2, 0)
    expect(squares(i => probabilities[i] as number)).toBeLessThan(0.75 * squares(() => share))
  })

  test('never rises with distance and is never certain', () => {
    const { distances, similar } = pairsOf(3, 20_000)
    const same = fitSameProbability(distances, similar)
    const along = Array.from({ length: 500 }, (_, i) => same?.at(i / 100) as number)
    expect(along).toEqual(along.toSorted((a, b) => b - a))
    expect(along.every(value => value > 0 && value < 1)).toBe(true)
    expect(same?.at(Number.NaN)).toBeNaN()
  })

  test('pools what runs against the order: the mean of it', () => {
    // 200 near pairs of which half are similar, 200 farther ones that all are: pooled to (100 + 200 + 2) / 404.
    const distances = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 1 : 2))
    const similar = Uint8Array.from({ length: 400 }, (_, i) => (i >= 200 || i % 2 === 0 ? 1 : 0))
    const same = fitSameProbability(distances, similar)
    expect(same?.at(0)).toBeCloseTo(301 / 402, 12)
    expect(same?.at(9)).toBe(same?.at(0))
  })

  test('is unknown where all pairs are of one kind', () => {
    expect(fitSameProbability(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toBeUndefined()
    expect(fitSameProbability(Float64Array.of(1, 2), Uint8Array.of(0, 0))).toBeUndefined()
  })
})

describe('PairDistances', () => {
  test('counts mistakes as counting each pair does, the threshold itself being similar', () => {
    const { distances, similar } = pairsOf(4, 3000)
    const pairs = new PairDistances(distances, similar)
    for (const threshold of [-1, 0, 0.2, distances[5] as number, 1, 10]) {
      const count = (kind: number, wrong: (distance: number) => boolean): number => {
        const all = [...distances].filter((_, i) => similar[i] === kind)
        return all.filter(wrong).length / all.length
      }
      const { falseAccept, falseReject } = pairs.ratesAt(threshold)
      expect(falseAccept).toBeCloseTo(
        count(0, distance => distance <= threshold),
        12,
      )
      expect(falseReject).toBeCloseTo(
        count(1, distance => distance > threshold),
        12,
      )
    }
  })
})
