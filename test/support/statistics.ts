/** Pearson's statistic: sum of (observed - expected)^2 / expected. */
export function chiSquared(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce(
    (sum, count, i) => sum + (count - (expected[i] as number)) ** 2 / (expected[i] as number),
    0,
  )
}
