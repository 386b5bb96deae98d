import { describe, expect, it } from 'vitest'
import { principalComponents, project } from '../../../../src/renderer/projection/pca.ts'
import { seededRandom } from '../../../../src/renderer/projection/seeded-random.ts'
import { symmetricEigen } from '../../../../src/renderer/projection/symmetric-eigen.ts'

/** Points whose spread along each of `deviations` is known, turned by a random orthonormal matrix. */
function cloud(points: number, deviations: readonly number[], seed: number) {
  const size = deviations.length
  const random = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const basis = orthonormal(size, normal)
  const values = new Float32Array(points * size)
  for (let i = 0; i < points; i++) {
    const along = deviations.map(deviation => deviation * normal())
    for (let j = 0; j < size; j++)
      values[i * size + j] = 3 + along.reduce((sum, a, k) => sum + a * basis[k]![j]!, 0)
  }
  return { values, size, basis }
}

function orthonormal(size: number, normal: () => number): number[][] {
  const rows: number[][] = []
  while (rows.length < size) {
    let row = Array.from({ length: size }, normal)
    for (let twice = 0; twice < 2; twice++)
      for (const other of rows) {
        const along = inner(row, other)
        row = row.map((value, j) => value - along * other[j]!)
      }
    const length = Math.sqrt(inner(row, row))
    rows.push(row.map(value => value / length))
  }
  return rows
}

const inner = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0)

const axis = (axes: Float64Array, size: number, k: number) => axes.subarray(k * size, (k + 1) * size)

describe('symmetric eigenvectors', () => {
  it.each([1, 2, 3, 8, 32, 128])('solve A v = λ v, orthonormal, for size %i', size => {
    const random = seededRandom(size)
    const a = new Float64Array(size * size)
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) a[i * size + j] = a[j * size + i] = random() - 0.5
    const { values, vectors } = symmetricEigen(a, size)
    let worst = 0
    for (let k = 0; k < size; k++) {
      const v = axis(vectors, size, k)
      for (let i = 0; i < size; i++)
        worst = Math.max(worst, Math.abs(inner(axis(a, size, i), v) - values[k]! * v[i]!))
      for (let l = 0; l <= k; l++)
        worst = Math.max(worst, Math.abs(inner(v, axis(vectors, size, l)) - (k === l ? 1 : 0)))
    }
    expect(worst).toBeLessThan(1e-12)
    expect([...values]).toEqual([...values].sort((x, y) => y - x))
    const trace = Array.from({ length: size }, (_, i) => a[i * size + i]!).reduce((x, y) => x + y, 0)
    expect(values.reduce((x, y) => x + y, 0)).toBeCloseTo(trace, 10)
  })

  it('of equal eigenvalues are still at right angles', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 2), 3)
    expect([...values]).toEqual([2, 2, 2])
    expect(inner(vectors.subarray(0, 3), vectors.subarray(3, 6))).toBe(0)
  })
})

describe('principal components', () => {
  it('find the directions and shares of a known spread', () => {
    const { values, size, basis } = cloud(20_000, [5, 3, 1, 0.5, 0.2, 0.1], 1)
    const { axes, shares, ranks, mean } = principalComponents(values, size, 3)
    for (let k = 0; k < 3; k++) expect(Math.abs(inner(axis(axes, size, k), basis[k]!))).toBeGreaterThan(0.999)
    const all = 25 + 9 + 1 + 0.25 + 0.04 + 0.01
    for (const [k, variance] of [25, 9, 1].entries()) expect(shares[k]).toBeCloseTo(variance / all, 1)
    expect(ranks).toEqual([0, 1, 2])
    for (const value of mean) expect(value).toBeCloseTo(3, 0)
  })

  it('leave less error than any other two directions, and exactly the variance that is not theirs', () => {
    const { values, size } = cloud(500, [3, 2, 1, 1, 0.5], 2)
    const found = principalComponents(values, size, 2)
    const error = (axes: readonly ArrayLike<number>[]) => {
      let sum = 0
      for (let i = 0; i < 500; i++) {
        const off = Array.from({ length: size }, (_, j) => values[i * size + j]! - found.mean[j]!)
        sum += inner(off, off) - axes.reduce((kept, one) => kept + inner(off, one) ** 2, 0)
      }
      return sum
    }
    const best = error([axis(found.axes, size, 0), axis(found.axes, size, 1)])
    expect(best / error([])).toBeCloseTo(1 - found.shares[0]! - found.shares[1]!, 10)
    const random = seededRandom(3)
    for (let i = 0; i < 50; i++)
      expect(error(orthonormal(size, () => random() - 0.5).slice(0, 2))).toBeGreaterThan(best)
  })

  it('give back the points where all are kept', () => {
    const { values, size } = cloud(100, [3, 2, 1], 4)
    const components = principalComponents(values, size, 3)
    const projected = project(values, size, components)
    for (let i = 0; i < 100; i++)
      for (let j = 0; j < size; j++) {
        let back = components.mean[j]!
        for (let k = 0; k < 3; k++) back += projected[i * 3 + k]! * components.axes[k * size + j]!
        expect(back).toBeCloseTo(values[i * size + j]!, 4)
      }
  })

  it('keep sign and place from frame to frame, even as two of them change their order', () => {
    const { values, size } = cloud(2000, [3, 2.9, 1], 5)
    const first = principalComponents(values, size, 2)
    // The next frame: turned round, and the second direction now the longer one.
    const stretched = stretch(values, size, axis(first.axes, size, 1), 1.5).map(value => -value)
    const second = principalComponents(stretched, size, 2, first)
    expect(second.ranks).toEqual([1, 0])
    expect(second.shares[1]).toBeGreaterThan(second.shares[0]!)
    for (let k = 0; k < 2; k++)
      expect(inner(axis(first.axes, size, k), axis(second.axes, size, k))).toBeGreaterThan(0.99)
  })

  it('leave out points that are no numbers', () => {
    const { values, size } = cloud(200, [3, 2, 1], 6)
    const expected = principalComponents(values, size, 2)
    const more = new Float32Array([...values, Number.NaN, 1, 2, 1, Number.POSITIVE_INFINITY, 3])
    expect(principalComponents(more, size, 2)).toEqual(expected)
  })

  it('of points at one place explain nothing, and are still directions', () => {
    const { shares, axes } = principalComponents(new Float32Array(30).fill(2), 3, 2)
    expect(shares).toEqual([0, 0])
    expect(inner(axes, axes)).toBeCloseTo(2)
  })
})

function stretch(values: Float32Array, size: number, along: Float64Array, factor: number): Float32Array {
  return values.map((value, at) => {
    const start = Math.floor(at / size) * size
    const share = inner(
      Array.from(values.subarray(start, start + size), one => one - 3),
      along,
    )
    return value + (factor - 1) * share * along[at % size]!
  })
}
