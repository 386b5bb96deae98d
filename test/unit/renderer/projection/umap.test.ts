import { describe, expect, it } from 'vitest'
import { exactNeighbours } from '../../../../src/renderer/projection/exact-neighbours.ts'
import { seededRandom } from '../../../../src/renderer/projection/seeded-random.ts'
import { type UmapProgress, umap } from '../../../../src/renderer/projection/umap.ts'

const settings = { dimensions: 2, neighbours: 10, minDistance: 0.1, seed: 1 }

/** Three clouds far from one another in `size` dimensions; point i is of cloud i % 3. */
function clouds(points: number, size: number): Float32Array {
  const random = seededRandom(7)
  return Float32Array.from({ length: points * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    return (j === i % 3 ? 10 : 0) + random()
  })
}

function distance(values: Float32Array, size: number, a: number, b: number): number {
  let sum = 0
  for (let j = 0; j < size; j++) sum += (values[a * size + j]! - values[b * size + j]!) ** 2
  return Math.sqrt(sum)
}

describe('exact neighbours', () => {
  it('are those that sorting all distances finds, the point itself first', () => {
    const values = clouds(60, 4)
    const { indices, distances } = exactNeighbours(values, 4, 6)
    for (let i = 0; i < 60; i++) {
      const sorted = [...Array(60).keys()].sort(
        (a, b) => distance(values, 4, i, a) - distance(values, 4, i, b),
      )
      expect(indices[i]).toEqual(sorted.slice(0, 6))
      for (const [k, d] of distances[i]!.entries())
        expect(d).toBeCloseTo(distance(values, 4, i, sorted[k]!), 5)
    }
  })

  it('start with the point itself among others at its place', () => {
    const { indices } = exactNeighbours(new Float32Array(10), 2, 3)
    expect(indices.map(row => row[0])).toEqual([0, 1, 2, 3, 4])
    for (const row of indices) expect(new Set(row).size).toBe(3)
  })
})

describe('UMAP', () => {
  const values = clouds(150, 6)

  it.each([2, 3])('keeps in %i dimensions the neighbours of every point in its own cloud', dimensions => {
    const made = umap(values, 6, { ...settings, dimensions })
    expect(made).toHaveLength(150 * dimensions)
    const { indices } = exactNeighbours(made, dimensions, 6)
    for (const [i, near] of indices.entries()) for (const j of near) expect(j % 3).toBe(i % 3)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(umap(values, 6, settings)).toEqual(umap(values, 6, settings))
    expect(umap(values, 6, { ...settings, seed: 2 })).not.toEqual(umap(values, 6, settings))
  })

  it('tells its steps in order, and of each how much is done', () => {
    const told: UmapProgress[] = []
    umap(values, 6, settings, progress => told.push(progress))
    expect([...new Set(told.map(({ step }) => step))]).toEqual(['neighbours', 'graph', 'layout'])
    const layout = told.filter(({ step }) => step === 'layout').map(({ share }) => share)
    expect(layout).toEqual([...layout].sort((a, b) => a - b))
    expect(layout.at(-1)).toBe(1)
  })
})
