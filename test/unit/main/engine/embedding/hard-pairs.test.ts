import { describe, expect, test } from 'vitest'
import { drawPairs, hardestPairs } from '../../../../../src/main/engine/embedding/hard-pairs.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const count = 60
const size = 3
const embedding = { values: Random.seeded(5, 'display').normals(count * size, 1), count, size }
const labels = Uint16Array.from({ length: count }, (_, i) => i % 4)

describe('drawPairs', () => {
  test('the same for the same seed, and truthful about classes', () => {
    const pairs = drawPairs(labels, 500, Random.seeded(1, 'display'))
    expect(drawPairs(labels, 500, Random.seeded(1, 'display'))).toEqual(pairs)
    expect(drawPairs(labels, 500, Random.seeded(2, 'display'))).not.toEqual(pairs)
    pairs.similar.forEach((similar, i) => {
      const [a, b] = [pairs.first[i] as number, pairs.second[i] as number]
      expect(a).not.toBe(b)
      expect(labels[a] === labels[b]).toBe(similar === 1)
    })
  })

  test('leaves classes of a single image out, and says where none are left', () => {
    const few = Uint16Array.of(0, 5, 1, 0, 1)
    const { first, second } = drawPairs(few, 200, Random.seeded(1, 'display'))
    expect([...first, ...second]).not.toContain(1)
    expect(new Set(first)).toEqual(new Set([0, 2, 3, 4]))
    const draw = () => drawPairs(Uint16Array.of(0, 0, 1), 10, Random.seeded(1, 'display'))
    expect(draw).toThrow(/two classes with two test images each/)
  })
})

describe('hardestPairs', () => {
  test('are what sorting all drawn pairs finds', () => {
    const margin = 1.5
    const pairs = drawPairs(labels, 900, Random.seeded(3, 'display'))
    const all = Array.from(pairs.similar, (similar, i) => {
      const [a, b] = [pairs.first[i] as number, pairs.second[i] as number]
      const at = (index: number) => [...embedding.values.subarray(index * size, (index + 1) * size)]
      const apart = Math.hypot(...at(a).map((x, k) => x - (at(b)[k] as number)))
      return {
        key: [Math.min(a, b), Math.max(a, b)].join(),
        similar,
        apart,
        distance: Math.sqrt(apart ** 2 + 1e-6),
      }
    })
    const unique = [...new Map(all.toReversed().map(one => [one.key, one])).values()]
    const kinds = {
      similar: unique.filter(one => one.similar === 1).sort((a, b) => b.distance - a.distance),
      dissimilar: unique
        .filter(one => one.similar === 0 && one.distance < margin)
        .sort((a, b) => a.distance - b.distance),
    }
    const found = hardestPairs(embedding, pairs, margin, 7)
    for (const kind of ['similar', 'dissimilar'] as const) {
      const expected = kinds[kind].slice(0, 7)
      const { first, second, distances, pulls } = found[kind]
      const keys = Array.from(first, (a, i) => [Math.min(a, second[i]!), Math.max(a, second[i]!)].join())
      expect(keys).toEqual(expected.map(({ key }) => key))
      expected.forEach(({ distance, apart }, i) => {
        expect(distances[i]).toBeCloseTo(distance, 12)
        const pull = kind === 'similar' ? apart : ((margin - distance) * apart) / distance
        expect(pulls[i]).toBeCloseTo(pull, 12)
      })
    }
    expect(found.counts).toEqual({
      similar: all.filter(({ similar }) => similar === 1).length,
      dissimilar: all.filter(({ similar }) => similar === 0).length,
      inside: all.filter(({ similar, distance }) => similar === 0 && distance < margin).length,
    })
  })

  test('a point that is no number is in none of them', () => {
    const broken = { ...embedding, values: embedding.values.slice().fill(Number.NaN, 0, size) }
    const { similar, dissimilar } = hardestPairs(
      broken,
      drawPairs(labels, 900, Random.seeded(3, 'display')),
      9,
      50,
    )
    for (const { first, second } of [similar, dissimilar]) {
      expect(first.length).toBe(50)
      expect([...first, ...second]).not.toContain(0)
    }
  })
})
