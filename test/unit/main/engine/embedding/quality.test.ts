import { describe, expect, test } from 'vitest'
import type { LabelledEmbedding } from '../../../../../src/main/engine/embedding/embed.ts'
import { majority } from '../../../../../src/main/engine/embedding/majority.ts'
import { measureQuality } from '../../../../../src/main/engine/embedding/quality.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

/** Three overlapping clouds in the plane. */
function clouds(count: number, seed: number): LabelledEmbedding {
  const random = Random.seeded(seed, 'display')
  const labels = Uint16Array.from({ length: count }, () => random.below(3))
  const noise = random.normals(count * 2, 1)
  const values = noise.map((x, i) => x + (i % 2 === 0 ? 1.5 * (labels[i >> 1] as number) : 0))
  return { embedding: { values, count, size: 2 }, labels }
}

/** Labels of the points nearest to `query`, nearest first, by sorting everything. */
function nearestLabels(
  gallery: LabelledEmbedding,
  query: readonly number[],
  count: number,
  skip = -1,
): number[] {
  return [...gallery.labels.keys()]
    .filter(i => i !== skip)
    .map(i => {
      const at = (k: number): number => gallery.embedding.values[i * 2 + k] as number
      return { label: gallery.labels[i] as number, d: Math.hypot(at(0) - query[0]!, at(1) - query[1]!) }
    })
    .sort((a, b) => a.d - b.d)
    .slice(0, count)
    .map(({ label }) => label)
}

describe('measureQuality', () => {
  test('equals its definitions, computed by sorting', async () => {
    const [train, tests] = [clouds(80, 1), clouds(60, 2)]
    const quality = await measureQuality(train, tests, 1)
    let correct = 0
    let relevant = 0
    tests.labels.forEach((label, i) => {
      const query = [...tests.embedding.values.subarray(i * 2, i * 2 + 2)]
      const votes = nearestLabels(train, query, 5)
      const count = (wanted: number): number => votes.filter(vote => vote === wanted).length
      const most = Math.max(...votes.map(count))
      const winner = votes.find(vote => count(vote) === most)
      if (winner === label) correct++
      relevant += nearestLabels(tests, query, 9, i).filter(other => other === label).length
    })
    expect(quality.knnAccuracy).toBeCloseTo(correct / 60, 12)
    expect(quality.precisionAt9).toBeCloseTo(relevant / (60 * 9), 12)
    expect(quality.verification.auc).toBeGreaterThan(0.6)
  })

  test('the same seed gives the same figures', async () => {
    const [train, tests] = [clouds(40, 1), clouds(40, 2)]
    expect(await measureQuality(train, tests, 5)).toEqual(await measureQuality(train, tests, 5))
  })

  test('a test set of one class has no verification figures, rather than wrong ones', async () => {
    const tests = { ...clouds(20, 2), labels: new Uint16Array(20) }
    const { verification } = await measureQuality(clouds(40, 1), tests, 1)
    expect(verification.auc).toBeNaN()
  })

  test('an abort ends it', async () => {
    const measuring = measureQuality(clouds(40, 1), clouds(40, 2), 1, AbortSignal.abort())
    await expect(measuring).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

test('of classes equally frequent among the nearest, the one that comes first wins', () => {
  expect(majority(Uint16Array.of(1, 2, 0, 1, 2), Int32Array.of(1, 0, 3, 4, 2))).toBe(2)
  expect(majority(Uint16Array.of(1, 2, 1), Int32Array.of(1, 0, 2))).toBe(1)
})
