import { TwinlensError } from '../../../shared/errors.ts'
import { Random } from '../twin/random.ts'
import type { LabelledEmbedding } from './embed.ts'
import { nearest, pointAt } from './nearest.ts'
import { type Verification, verification } from './verification.ts'

/** How good an embedding is; all shares from 0 to 1. */
export interface Quality {
  /** Test images classified by their 5 nearest training images. */
  readonly knnAccuracy: number
  /** Share of a test image's 9 nearest other test images that have its class, over all of them. */
  readonly precisionAt9: number
  readonly verification: Verification
}

export const knnNeighbours = 5
export const precisionNeighbours = 9
/** Random test pairs that verification is measured on. */
const verificationPairs = 200_000

/** Queries between two looks at the event loop. */
const queriesPerSlice = 50

/** Measures an embedding by the recipe's definitions. The seed picks the verification pairs. @throws cancelled */
export async function measureQuality(
  train: LabelledEmbedding,
  test: LabelledEmbedding,
  seed: number,
  signal?: AbortSignal,
): Promise<Quality> {
  let correct = 0
  let relevant = 0
  let retrieved = 0
  for (let query = 0; query < test.embedding.count; query++) {
    if (query % queriesPerSlice === 0) await breathe(signal)
    const point = pointAt(test.embedding, query)
    const label = test.labels[query] as number
    if (classify(train, point) === label) correct++
    const others = nearest(test.embedding, point, precisionNeighbours, query).indices
    retrieved += others.length
    for (const other of others) if (test.labels[other] === label) relevant++
  }
  return {
    knnAccuracy: correct / test.embedding.count,
    precisionAt9: retrieved === 0 ? Number.NaN : relevant / retrieved,
    verification: verification(test, verificationPairs, Random.seeded(seed, 'quality')),
  }
}

/** The class most frequent among a point's 5 nearest; of classes equally frequent, the one whose member is nearest. */
export function classify(gallery: LabelledEmbedding, point: Float32Array): number {
  const near = nearest(gallery.embedding, point, knnNeighbours).indices
  const votes = new Map<number, number>()
  for (const index of near) {
    const label = gallery.labels[index] as number
    votes.set(label, (votes.get(label) ?? 0) + 1)
  }
  let winner = -1
  let most = 0
  for (const [label, count] of votes) {
    if (count > most) {
      winner = label
      most = count
    }
  }
  return winner
}

async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  if (signal?.aborted === true) throw new TwinlensError('cancelled', 'Measuring was cancelled.')
}
