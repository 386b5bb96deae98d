import { Random } from '../twin/random.ts'
import type { Embedding, LabelledEmbedding } from './embed.ts'
import type { Neighbours } from './nearest.ts'
import { createNearestIndex } from './nearest-index.ts'
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

/** Measures an embedding by the recipe's definitions. The seed picks the verification pairs. @throws cancelled */
export async function measureQuality(
  train: LabelledEmbedding,
  test: LabelledEmbedding,
  seed: number,
  signal?: AbortSignal,
): Promise<Quality> {
  const queries = test.embedding
  const inTrain = await nearestOfEach(train.embedding, queries, knnNeighbours, undefined, signal)
  const themselves = Int32Array.from({ length: queries.count }, (_, i) => i)
  const inTest = await nearestOfEach(test.embedding, queries, precisionNeighbours, themselves, signal)
  let correct = 0
  let relevant = 0
  let retrieved = 0
  test.labels.forEach((label, query) => {
    if (majority(train.labels, (inTrain[query] as Neighbours).indices) === label) correct++
    const others = (inTest[query] as Neighbours).indices
    retrieved += others.length
    for (const other of others) if (test.labels[other] === label) relevant++
  })
  return {
    knnAccuracy: correct / test.embedding.count,
    precisionAt9: retrieved === 0 ? Number.NaN : relevant / retrieved,
    verification: verification(test, verificationPairs, Random.seeded(seed, 'quality')),
  }
}

/** Nearest neighbours in a gallery that is searched this once, by all of these. */
async function nearestOfEach(
  gallery: Embedding,
  queries: Embedding,
  count: number,
  excludes: Int32Array | undefined,
  signal: AbortSignal | undefined,
): Promise<Neighbours[]> {
  const index = createNearestIndex(gallery, 'often')
  try {
    return await index.batch(queries, count, excludes, signal)
  } finally {
    index.dispose()
  }
}

/**
 * The class most frequent among these; of classes equally frequent, the one whose member comes first.
 * @param nearest indices of gallery points, nearest first
 */
export function majority(labels: Uint16Array, nearest: Int32Array): number {
  const votes = new Map<number, number>()
  for (const index of nearest) {
    const label = labels[index] as number
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
