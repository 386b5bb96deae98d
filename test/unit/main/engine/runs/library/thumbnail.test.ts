import { describe, expect, test } from 'vitest'
import { thumbnailOf } from '../../../../../../src/main/engine/runs/library/thumbnail.ts'
import { Random } from '../../../../../../src/main/engine/twin/random.ts'

const labelled = (rows: readonly (readonly number[])[]) => ({
  embedding: { values: Float32Array.from(rows.flat()), count: rows.length, size: rows[0]?.length ?? 1 },
  labels: Uint16Array.from(rows, (_, i) => i % 2),
})

describe('a thumbnail', () => {
  test('keeps the shape: one scale for both features, the wider from edge to edge', () => {
    const { places, labels, axes } = thumbnailOf(
      labelled([
        [0, 10],
        [4, 11],
        [2, 12],
      ]),
      2,
    )
    expect([...places]).toEqual([0, 64, 255, 128, 128, 191])
    expect([...labels]).toEqual([0, 1, 0])
    expect(axes).toBe('features')
  })

  test('draws 400 of many images, evenly', () => {
    const { labels, of } = thumbnailOf(labelled(Array.from({ length: 1001 }, (_, i) => [i, 0])), 2)
    expect(labels).toHaveLength(400)
    expect(of).toBe(1001)
  })

  test('of one feature lies on a line, of points all alike in the middle', () => {
    expect([...thumbnailOf(labelled([[0], [1]]), 2).places]).toEqual([0, 128, 255, 128])
    expect(thumbnailOf(labelled([[0], [1]]), 2).axes).toBe('feature')
    expect([...thumbnailOf(labelled([[5, 5]]), 1).places]).toEqual([128, 128])
  })

  test('of many features shows the directions of greatest spread', () => {
    // Spread 9 along (1, 1, 0, 0, 0), 3 along (0, 0, 1, 0, 0), 0.1 elsewhere.
    const noise = Random.seeded(3, 'display').normals(300 * 5, 1)
    const rows = Array.from({ length: 300 }, (_, i) => {
      const [a, b, c, d, e] = noise.subarray(5 * i, 5 * i + 5) as unknown as [
        number,
        number,
        number,
        number,
        number,
      ]
      const [long, short] = [(9 * a) / Math.SQRT2, 3 * b]
      return [long + 0.1 * c, long - 0.1 * c, short, 0.1 * d, 0.1 * e]
    })
    const { places, axes } = thumbnailOf(labelled(rows), 2)
    expect(axes).toBe('components')
    const correlation = (at: number, feature: number): number => {
      const x = rows.map((_, i) => places[2 * i + at] as number)
      const y = rows.map(row => row[feature] as number)
      const mean = (of: number[]) => of.reduce((sum, value) => sum + value, 0) / of.length
      const [mx, my] = [mean(x), mean(y)]
      const dot = (p: number[], mp: number, q: number[], mq: number) =>
        p.reduce((sum, value, i) => sum + (value - mp) * ((q[i] as number) - mq), 0)
      return Math.abs(dot(x, mx, y, my) / Math.sqrt(dot(x, mx, x, mx) * dot(y, my, y, my)))
    }
    expect(correlation(0, 0)).toBeGreaterThan(0.99)
    expect(correlation(1, 2)).toBeGreaterThan(0.99)
  })
})
