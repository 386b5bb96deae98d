import { histogramOf } from '../../src/main/engine/analysis/histogram.ts'
import { pairFigures } from '../../src/main/engine/analysis/pair-figures.ts'
import { rocOf } from '../../src/main/engine/analysis/roc.ts'
import { samplePairDistances, sortPairs } from '../../src/main/engine/embedding/verification.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import type { Measures, Points, Training } from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import { fakeLabel } from './fake-digits.ts'

/** Figures of the fake points, and a series that gets better as the fake loss does. */
export function fakeMeasures(points: Points | null, { hyperparameters }: Training): Measures {
  if (points === null || hyperparameters === null)
    throw invalidInput('There is nothing to analyse yet: train first.')
  const { training, iteration, oldestIteration, values, size } = points
  const { margin, seed } = hyperparameters
  const count = values.length / size
  const labels = Uint16Array.from({ length: count }, (_, index) => fakeLabel(index))
  const embedding = { values, count, size }
  const { distances, similar } = samplePairDistances(
    { embedding, labels },
    5000,
    Random.seeded(seed, 'quality'),
  )
  const pairs = sortPairs(distances, similar)
  const evaluations = Math.min(20, iteration)
  const series = (of: (share: number) => number) =>
    Float32Array.from({ length: evaluations }, (_, i) => of((i + 1) / evaluations))
  const test = pairFigures(pairs, margin)
  return {
    training,
    iteration,
    oldestIteration,
    margin,
    precisionAt9: 0.72,
    spread: margin,
    test,
    train: null,
    roc: rocOf(pairs),
    histogram: histogramOf(pairs),
    heldOut: {
      iterations: Int32Array.from(series(share => share * iteration)),
      accuracy: series(share => 0.8 * (1 - Math.exp(-5 * share))),
      meanSimilar: series(share => margin * (0.5 + 0.5 * Math.exp(-5 * share))),
      meanDissimilar: series(share => margin * (1.5 - Math.exp(-5 * share))),
      auc: series(share => 0.95 - 0.4 * Math.exp(-5 * share)),
      loss: series(share => 0.02 + Math.exp(-5 * share)),
      trainAuc: series(share => 0.96 - 0.4 * Math.exp(-5 * share)),
      trainLoss: series(share => 0.018 + Math.exp(-5 * share)),
    },
  }
}
