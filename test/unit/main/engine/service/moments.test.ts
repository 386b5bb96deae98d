import { describe, expect, test } from 'vitest'
import { Moments } from '../../../../../src/main/engine/service/moments.ts'

const points = (iteration: number, count = 4) => ({
  embedding: { values: new Float32Array(count * 2).fill(iteration), count, size: 2 },
  iteration,
  oldestIteration: Math.max(0, iteration - 3),
})

/** As a training of so many iterations tells them. */
function keptOf(arrivals: number, most: number, bytes?: number): number[] {
  const moments = new Moments(most, bytes)
  moments.begin(1)
  for (let i = 0; i < arrivals; i++) moments.keep(points(i * 10))
  return [...moments.list.iterations]
}

describe('Moments', () => {
  test('keeps all while there is room, and gives each back as it was', () => {
    const moments = new Moments()
    moments.begin(7)
    const given = [points(0), points(10), points(25)]
    for (const one of given) moments.keep(one)
    expect(moments.list).toEqual({
      training: 7,
      iterations: Int32Array.of(0, 10, 25),
      oldestIterations: Int32Array.of(0, 7, 22),
    })
    expect(given.map(({ iteration }) => moments.at(7, iteration))).toEqual(given)
    expect(moments.at(7, 11)).toBeUndefined()
    expect(moments.at(6, 10)).toBeUndefined()
  })

  test.each([5, 8, 200])('holds at most %i, the first and the newest among them, evenly', most => {
    for (let arrivals = 1; arrivals < 6 * most; arrivals += 7) {
      const kept = keptOf(arrivals, most)
      expect(kept.length).toBeLessThanOrEqual(most)
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(arrivals, Math.floor(most / 2)))
      expect(kept[0]).toBe(0)
      expect(kept.at(-1)).toBe((arrivals - 1) * 10)
      const gaps = kept.slice(1).map((iteration, i) => iteration - (kept[i] as number))
      // All the same but for the last, which leads to the newest.
      expect(new Set(gaps.slice(0, -1)).size).toBeLessThanOrEqual(1)
      expect(Math.max(0, ...gaps)).toBe(gaps[0] ?? 0)
    }
  })

  test('holds no more bytes than it may, whatever the points take', () => {
    const moment = points(0).embedding.values.byteLength
    for (const arrivals of [10, 100, 1000]) {
      expect(keptOf(arrivals, 200, moment * 10 + 1).length).toBeLessThanOrEqual(10)
    }
    // So large that not one would fit: a few all the same, or there would be nothing to follow.
    expect(keptOf(50, 200, 1)).toHaveLength(3)
  })

  test('the same iteration again takes its own place: a pause brings every point up to date', () => {
    const moments = new Moments()
    moments.begin(1)
    moments.keep(points(5))
    const complete = { ...points(5), oldestIteration: 5 }
    moments.keep(complete)
    expect(moments.list.iterations).toEqual(Int32Array.of(5))
    expect(moments.at(1, 5)).toBe(complete)
  })

  test('another training begins with none', () => {
    const moments = new Moments(5)
    moments.begin(1)
    for (let i = 0; i < 20; i++) moments.keep(points(i))
    moments.begin(2)
    expect(moments.list.iterations).toHaveLength(0)
    for (let i = 0; i < 3; i++) moments.keep(points(i))
    expect(moments.list.iterations).toEqual(Int32Array.of(0, 1, 2))
  })
})
