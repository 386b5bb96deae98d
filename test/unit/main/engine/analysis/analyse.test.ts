import { describe, expect, test } from 'vitest'
import { analyse, analyseByEachOther } from '../../../../../src/main/engine/analysis/analyse.ts'
import type { LabelledEmbedding } from '../../../../../src/main/engine/embedding/embed.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { noClass } from '../../../../../src/shared/contract/analysis.ts'

/** Three overlapping classes. */
function cloud(count: number, size: number, seed: number): LabelledEmbedding {
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 3)
  const noise = Random.seeded(seed, 'display').normals(count * size, 1)
  const values = noise.map((x, i) => x + (i % size === 0 ? (labels[Math.floor(i / size)] as number) : 0))
  return { embedding: { values, count, size }, labels }
}

/** The five nearest by sorting all. */
function five(points: LabelledEmbedding, gallery: LabelledEmbedding, i: number, exclude: number) {
  const { values, size } = points.embedding
  return Array.from(gallery.labels, (label, index) => {
    const differences = Array.from(
      { length: size },
      (_, k) => (values[i * size + k] as number) - (gallery.embedding.values[index * size + k] as number),
    )
    return { index, label, distance: Math.hypot(...differences) }
  })
    .filter(({ index }) => index !== exclude)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, 5)
}

/** The class of most, of equals the one met first. */
function winner(labels: readonly number[]): number {
  const times = (label: number) => labels.filter(one => one === label).length
  return labels.reduce((best, label) => (times(label) > times(best) ? label : best), labels[0] as number)
}

describe.each([2, 7])('of points in %d dimensions', size => {
  const train = cloud(640, size, 1)
  const points = cloud(150, size, 2)

  test('neighbours, class, confidence and weight equal a brute-force computation', async () => {
    const votes = await analyse(points.embedding, train)
    for (let i = 0; i < 150; i++) {
      const nearest = five(points, train, i, -1)
      const labels = nearest.map(({ label }) => label)
      expect([...votes.neighbours.subarray(5 * i, 5 * i + 5)]).toEqual(nearest.map(({ index }) => index))
      expect([...votes.neighbourLabels.subarray(5 * i, 5 * i + 5)]).toEqual(labels)
      expect(votes.predicted[i]).toBe(winner(labels))
      const own = nearest.filter(({ label }) => label === votes.predicted[i])
      expect(votes.confidence[i]).toBeCloseTo(own.length / 5, 6)
      const weight = (some: typeof nearest) => some.reduce((sum, { distance }) => sum + 1 / distance, 0)
      expect(votes.weight[i]).toBeCloseTo(weight(own) / weight(nearest), 5)
    }
  })

  test('by each other, none is its own neighbour', async () => {
    const votes = await analyseByEachOther(points)
    for (let i = 0; i < 150; i++) {
      const nearest = five(points, points, i, i)
      expect([...votes.neighbours.subarray(5 * i, 5 * i + 5)]).toEqual(nearest.map(({ index }) => index))
      expect(votes.predicted[i]).toBe(winner(nearest.map(({ label }) => label)))
    }
  })
})

test('fewer neighbours than five are all there are, and none is no class', async () => {
  const three = {
    embedding: { values: Float32Array.of(0, 1, 5), count: 3, size: 1 },
    labels: Uint16Array.of(4, 4, 2),
  }
  const votes = await analyseByEachOther(three)
  expect([...votes.neighbours.subarray(10)]).toEqual([1, 0, -1, -1, -1])
  expect([...votes.predicted]).toEqual([4, 4, 4])
  const one = { embedding: { values: Float32Array.of(3), count: 1, size: 1 }, labels: Uint16Array.of(0) }
  const alone = await analyseByEachOther(one)
  expect(alone.predicted[0]).toBe(noClass)
  expect(alone.confidence[0]).toBe(0)
})

test('neighbours at no distance take the whole weight', async () => {
  const gallery = {
    embedding: { values: Float32Array.of(0, 0, 1, 1, 1), count: 5, size: 1 },
    labels: Uint16Array.of(0, 1, 1, 1, 1),
  }
  const votes = await analyse({ values: Float32Array.of(0), count: 1, size: 1 }, gallery)
  expect(votes.predicted[0]).toBe(1)
  expect(votes.confidence[0]).toBeCloseTo(0.8, 6)
  expect(votes.weight[0]).toBe(0.5)
})

test('can be cancelled', async () => {
  const points = cloud(200, 2, 3)
  const stop = new AbortController()
  stop.abort()
  await expect(analyseByEachOther(points, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
})
