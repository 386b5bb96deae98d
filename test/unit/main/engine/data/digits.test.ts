import { describe, expect, test } from 'vitest'
import { loadDigits } from '../../../../../src/main/engine/data/digits.ts'

describe('the bundled digits', () => {
  test('are the first of MNIST, with bytes for pixels', async () => {
    const { train, test: tests, classes } = await loadDigits(5000, 5000)
    expect(classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect([train.count, train.height, train.width, tests.count]).toEqual([5000, 28, 28, 5000])
    expect([...train.labels.subarray(0, 8)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3])
    expect([...tests.labels.subarray(0, 8)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9])
    expect(train.pixels.BYTES_PER_ELEMENT).toBe(1)
    // Known of MNIST's first training image: its brightest pixel is 255 and its pixels sum to 27,525.
    expect(train.pixels.subarray(0, 784).reduce((sum, pixel) => sum + pixel, 0)).toBe(27525)
  })

  test('are all there: 60,000 and 10,000', async () => {
    const { train, test: tests } = await loadDigits(60_000, 10_000)
    expect(train.pixels).toHaveLength(60_000 * 784)
    expect(tests.pixels).toHaveLength(10_000 * 784)
  })

  test.each([
    [0, 10],
    [60_001, 10],
    [10, 10_001],
    [10, Number.NaN],
  ])('%d training and %d test images are refused in words', async (trainCount, testCount) => {
    await expect(loadDigits(trainCount, testCount)).rejects.toThrow(/whole number from 1 up to/)
  })
})
