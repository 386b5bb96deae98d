import { describe, expect, test } from 'vitest'
import { pathsOf } from '../../../../../src/main/engine/service/moments-handlers.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

const labels = Uint16Array.of(0, 1, 0, 3, 1)
const [count, size] = [labels.length, 3]
const moments = [0, 40, 90].map(iteration => ({
  embedding: { values: Random.seeded(iteration, 'display').normals(count * size, 1), count, size },
  iteration,
  oldestIteration: iteration,
}))

describe('pathsOf', () => {
  test('an image is where each moment had it', () => {
    const { iterations, values } = pathsOf(moments, { kind: 'images', indices: Int32Array.of(4, 1) }, labels)
    expect(iterations).toEqual(Int32Array.of(0, 40, 90))
    const expected = [4, 1].flatMap(image =>
      moments.flatMap(({ embedding }) => [...embedding.values.subarray(image * size, (image + 1) * size)]),
    )
    expect([...values]).toEqual(expected)
  })

  test('a class is at the mean of its images, one without images nowhere', () => {
    const { values } = pathsOf(moments, { kind: 'classes', labels: Int32Array.of(1, 2) }, labels)
    moments.forEach(({ embedding }, moment) => {
      for (let i = 0; i < size; i++) {
        const own = [1, 4].map(image => embedding.values[image * size + i] as number)
        expect(values[moment * size + i]).toBeCloseTo(((own[0] as number) + (own[1] as number)) / 2, 6)
      }
    })
    expect(values.subarray(moments.length * size).every(Number.isNaN)).toBe(true)
  })

  test('before the first moment, and for what is not there, it is refused in words', () => {
    const first = { kind: 'images' as const, indices: Int32Array.of(0) }
    expect(() => pathsOf([], first, labels)).toThrow(/train first/)
    expect(() => pathsOf(moments, { ...first, indices: Int32Array.of(5) }, labels)).toThrow(/test image 5/)
    expect(() => pathsOf(moments, { kind: 'classes', labels: Int32Array.of(4) }, labels)).toThrow(/class 4/)
  })
})
