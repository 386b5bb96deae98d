import type { LossLine } from '../../../../shared/contract/run-library.ts'
import { DebiasedAverage } from '../../../../shared/debiased-average.ts'

/**
 * A loss curve as a chart of limited width shows it: neighbouring iterations share a bucket that keeps their lowest and
 * highest loss, so that no peak is lost. Every loss goes into the smoothed one.
 * @param losses of iteration 1 on
 * @param most buckets at most
 * @param smoothing weight of the past, from 0 to below 1
 */
export function lossLine(losses: Float32Array, most: number, smoothing: number): LossLine {
  const buckets = Math.min(most, losses.length)
  const iterations = new Int32Array(buckets)
  const [low, high, smooth] = [
    new Float32Array(buckets),
    new Float32Array(buckets),
    new Float32Array(buckets),
  ]
  const average = new DebiasedAverage(smoothing)
  for (let bucket = 0, at = 0; bucket < buckets; bucket++) {
    const end = Math.floor(((bucket + 1) * losses.length) / buckets)
    let [lowest, highest, smoothed] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]
    for (; at < end; at++) {
      const loss = losses[at] as number
      lowest = Math.min(lowest, loss)
      highest = Math.max(highest, loss)
      smoothed = average.push(loss)
    }
    iterations[bucket] = end
    low[bucket] = lowest
    high[bucket] = highest
    smooth[bucket] = smoothed
  }
  return { iterations, low, high, smooth }
}
