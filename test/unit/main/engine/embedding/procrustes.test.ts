import { describe, expect, test } from 'vitest'
import { align } from '../../../../../src/main/engine/embedding/procrustes.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const embeddingOf = (values: Float32Array, size: number) => ({ values, count: values.length / size, size })
const random = (seed: number, count: number, size: number) =>
  embeddingOf(Random.seeded(seed, 'display').normals(count * size, 1), size)

/** Sum of squares between two embeddings, point by point. */
const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0)

/** Waves that SciPy can be given as they are. */
const waves = (count: number, size: number, step: number) =>
  embeddingOf(
    Float32Array.from({ length: count * size }, (_, i) =>
      Math.fround(Math.sin(step * (i + 1)) + Math.cos(i / 7)),
    ),
    size,
  )

describe('align', () => {
  test.each([1, 2, 3, 8])('undoes a turn, a mirror, a scale and a move in %i dimensions', size => {
    const target = random(1, 50, size)
    // Two mirrors, each about a random direction, are a turn; an odd number mirrors.
    for (const mirrors of [1, 2, 3]) {
      let moved = target.values.slice()
      for (let m = 0; m < mirrors; m++) {
        const direction = Random.seeded(10 + m, 'display').normals(size, 1)
        const square = direction.reduce((sum, x) => sum + x * x, 0)
        moved = moved.map((value, i) => {
          const at = Math.floor(i / size) * size
          const along = direction.reduce((sum, x, k) => sum + x * (moved[at + k] as number), 0)
          return value - (2 * along * (direction[i % size] as number)) / square
        })
      }
      const points = embeddingOf(
        moved.map(value => 3.5 * value - 20),
        size,
      )
      const { embedding, disparity } = align(target, points)
      embedding.values.forEach((value, i) => {
        expect(value).toBeCloseTo(target.values[i] as number, 4)
      })
      expect(disparity).toBeCloseTo(0, 6)
    }
  })

  test('no other turn, mirror and scale in the plane is better: all angles are tried', () => {
    const [target, points] = [random(2, 30, 2), random(3, 30, 2)]
    const { embedding } = align(target, points)
    const best = apart(embedding.values, target.values)
    const mean = (values: Float32Array, feature: number) =>
      values.reduce((sum, value, i) => sum + (i % 2 === feature ? value : 0), 0) / 30
    const centre = [mean(target.values, 0), mean(target.values, 1)] as const
    const own = [mean(points.values, 0), mean(points.values, 1)] as const
    let least = Number.POSITIVE_INFINITY
    for (const mirror of [1, -1]) {
      for (let step = 0; step < 720; step++) {
        const angle = (step * Math.PI) / 360
        for (let scale = 0; scale < 1.5; scale += 0.02) {
          const turned = points.values.map((_, i) => {
            const at = i - (i % 2)
            const x = (points.values[at] as number) - own[0]
            const y = mirror * ((points.values[at + 1] as number) - own[1])
            const value =
              i % 2 === 0
                ? Math.cos(angle) * x - Math.sin(angle) * y
                : Math.sin(angle) * x + Math.cos(angle) * y
            return scale * value + (centre[i % 2] as number)
          })
          least = Math.min(least, apart(turned, target.values))
        }
      }
    }
    expect(best).toBeLessThanOrEqual(least + 1e-4)
    expect(least - best).toBeLessThan(0.02 * best)
  })

  // scipy.spatial.procrustes (SciPy 1.17) of the same waves: x[i] = sin(step (i + 1)) + cos(i / 7) as 32-bit floats, i over
  // all values row by row, steps 0.7 and 1.3. It scales the target to one and tells the same disparity.
  test.each([
    [2, 0.7502677569684553],
    [3, 0.7312851353574726],
    [6, 0.7160018637449297],
  ])('leaves the disparity that SciPy finds in %i dimensions', (size, expected) => {
    const { disparity } = align(waves(40, size, 0.7), waves(40, size, 1.3))
    expect(disparity).toBeCloseTo(expected, 6)
  })

  test('a smaller embedding is laid into the larger one', () => {
    const target = random(4, 40, 2)
    const flat = embeddingOf(
      Float32Array.from({ length: 120 }, (_, i) =>
        i % 3 === 1 ? 0 : (target.values[Math.floor(i / 3) * 2 + (i % 3) / 2] as number),
      ),
      3,
    )
    const { embedding, disparity } = align(target, flat)
    expect(embedding.size).toBe(3)
    expect(disparity).toBeCloseTo(0, 6)
    for (let i = 0; i < 40; i++) {
      expect(embedding.values[i * 3]).toBeCloseTo(target.values[i * 2] as number, 4)
      expect(embedding.values[i * 3 + 2]).toBeCloseTo(0, 4)
    }
  })

  test('what is no number takes no part, and one place has no form', () => {
    const target = random(5, 20, 2)
    const broken = { ...target, values: target.values.slice() }
    broken.values[6] = Number.NaN
    const { embedding } = align(target, broken)
    expect(embedding.values[0]).toBeCloseTo(target.values[0] as number, 4)
    expect(embedding.values[6]).toBeNaN()
    const place = embeddingOf(new Float32Array(40).fill(3), 2)
    const aligned = align(target, place)
    expect(aligned.disparity).toBe(1)
    expect(aligned.embedding.values.every(Number.isFinite)).toBe(true)
  })
})
