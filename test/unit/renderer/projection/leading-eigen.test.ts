import { describe, expect, it } from 'vitest'
import { leadingEigen } from '../../../../src/renderer/projection/leading-eigen.ts'
import { seededRandom } from '../../../../src/renderer/projection/seeded-random.ts'
import { symmetricEigen } from '../../../../src/renderer/projection/symmetric-eigen.ts'

/** B^T B of a random B [rank, size]: symmetric, without negative eigenvalues, and of that rank. */
function gram(size: number, rank: number, seed: number): Float64Array {
  const random = seededRandom(seed)
  const b = Array.from({ length: rank }, () => Array.from({ length: size }, () => random() - 0.5))
  return Float64Array.from({ length: size * size }, (_, at) =>
    b.reduce((sum, row) => sum + row[Math.floor(at / size)]! * row[at % size]!, 0),
  )
}

describe('the leading eigenvectors', () => {
  it.each([
    [40, 200],
    [40, 3],
    [200, 400],
  ])('of size %i and rank %i are those of the whole decomposition', (size, rank) => {
    const matrix = gram(size, rank, size + rank)
    const whole = symmetricEigen(matrix, size)
    const leading = leadingEigen(matrix, size, 3)
    for (let k = 0; k < 3; k++) {
      expect(leading.values[k]! / whole.values[k]!).toBeCloseTo(1, 9)
      let along = 0
      for (let i = 0; i < size; i++) along += leading.vectors[k * size + i]! * whole.vectors[k * size + i]!
      expect(Math.abs(along)).toBeCloseTo(1, 6)
    }
  })

  it('of nothing but zeros are still orthonormal', () => {
    const { values, vectors } = leadingEigen(new Float64Array(400), 20, 2)
    expect([...values]).toEqual([0, 0])
    const product = (i: number, j: number) =>
      Array.from({ length: 20 }, (_, k) => vectors[i * 20 + k]! * vectors[j * 20 + k]!).reduce(
        (a, b) => a + b,
      )
    expect([product(0, 0), product(1, 1), product(0, 1)].map(value => Math.round(value * 1e9) / 1e9)).toEqual(
      [1, 1, 0],
    )
  })
})
