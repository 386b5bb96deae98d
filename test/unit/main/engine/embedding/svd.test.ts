import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decompose } from '../../../../../src/main/engine/embedding/svd.ts'

const matrices = fc.integer({ min: 1, max: 7 }).chain(size =>
  fc.record({
    size: fc.constant(size),
    matrix: fc
      .array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -1, max: 1, noNaN: true })), {
        minLength: size * size,
        maxLength: size * size,
      })
      .map(values => Float64Array.from(values)),
  }),
)

/** A^T A is the identity. */
function expectOrthogonal(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0
      for (let k = 0; k < size; k++) sum += (a[k * size + i] as number) * (a[k * size + j] as number)
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 9)
    }
  }
}

describe('decompose', () => {
  test('gives orthogonal factors that multiply to the matrix, singular ones too', () => {
    fc.assert(
      fc.property(matrices, ({ matrix, size }) => {
        const { u, s, v } = decompose(matrix, size)
        expectOrthogonal(u, size)
        expectOrthogonal(v, size)
        expect(Math.min(...s)).toBeGreaterThanOrEqual(0)
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            let sum = 0
            for (let k = 0; k < size; k++)
              sum += (u[i * size + k] as number) * (s[k] as number) * (v[j * size + k] as number)
            expect(sum).toBeCloseTo(matrix[i * size + j] as number, 8)
          }
        }
      }),
    )
  })

  test.each([5e-324, 1.57e-162, 1e150])('is as good for values about %d', value => {
    const { u, s, v } = decompose(Float64Array.from([value, 0, value, 2 * value]), 2)
    expectOrthogonal(u, 2)
    expectOrthogonal(v, 2)
    // The singular values multiply to the determinant and their squares add up to the matrix's.
    const [a, b] = [...s].map(one => one / value) as [number, number]
    expect(a * b).toBeCloseTo(2, 0)
    expect(a * a + b * b).toBeCloseTo(6, -1)
  })

  test('of nothing but zeros is still whole', () => {
    const { u, s, v } = decompose(new Float64Array(9), 3)
    expect([...s]).toEqual([0, 0, 0])
    expectOrthogonal(u, 3)
    expectOrthogonal(v, 3)
  })
})
