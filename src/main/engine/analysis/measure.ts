import type { Measures } from '../../../shared/contract/analysis.ts'
import type { Embedding, LabelledEmbedding } from '../embedding/embed.ts'
import { nearestOfEach } from '../embedding/nearest-of-each.ts'
import { precisionNeighbours, verificationPairs } from '../embedding/quality.ts'
import { Random } from '../twin/random.ts'
import { histogramOf } from './histogram.ts'
import { orNull, pairFigures } from './pair-figures.ts'
import { pairsOf } from './pairs-of.ts'
import { rocOf } from './roc.ts'

export type PointMeasures = Pick<
  Measures,
  'margin' | 'precisionAt9' | 'spread' | 'test' | 'train' | 'roc' | 'histogram'
>

/**
 * Measures an embedding by distances. The seed picks the pairs: a run's own seed gives the run's own figures.
 * @param train where the training images fall, if that is known
 * @throws cancelled
 */
export async function measurePoints(
  test: LabelledEmbedding,
  train: LabelledEmbedding | undefined,
  { margin, seed }: { margin: number | null; seed: number },
  signal?: AbortSignal,
): Promise<PointMeasures> {
  const draw = (points: LabelledEmbedding) =>
    pairsOf(points, verificationPairs, Random.seeded(seed, 'quality'), signal)
  const pairs = await draw(test)
  return {
    margin,
    precisionAt9: orNull(await precision(test, signal)),
    spread: spreadOf(test.embedding),
    test: pairFigures(pairs, margin),
    train: train === undefined ? null : pairFigures(await draw(train), margin),
    roc: rocOf(pairs),
    histogram: histogramOf(pairs),
  }
}

/** Share of each point's nearest others that have its class, over all points; the definition is `quality.ts`'s. */
async function precision({ embedding, labels }: LabelledEmbedding, signal?: AbortSignal): Promise<number> {
  const found = await nearestOfEach(embedding, embedding, precisionNeighbours, 'themselves', signal)
  let relevant = 0
  let retrieved = 0
  found.forEach(({ indices }, query) => {
    retrieved += indices.length
    for (const other of indices) if (labels[other] === labels[query]) relevant++
  })
  return relevant / retrieved
}

/** Root of the mean squared distance to the centre. */
export function spreadOf({ values, count, size }: Embedding): number {
  const centre = new Float64Array(size)
  values.forEach((value, i) => {
    centre[i % size] = (centre[i % size] as number) + value / count
  })
  const squares = values.reduce((sum, value, i) => sum + (value - (centre[i % size] as number)) ** 2, 0)
  return Math.sqrt(squares / count)
}
