import { Random } from '../twin/random.ts'
import type { LabelledEmbedding } from './embed.ts'
import { majority } from './majority.ts'
import type { Neighbours } from './nearest.ts'
import { nearestOfEach } from './nearest-of-each.ts'
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
export const verificationPairs = 200_000

/** Share of the points that most of their 5 nearest in the gallery name rightly, from 0 to 1. @throws cancelled */
export async function knnAccuracy(
  gallery: LabelledEmbedding,
  { embedding, labels }: LabelledEmbedding,
  signal?: AbortSignal,
): Promise<number> {
  const found = await nearestOfEach(gallery.embedding, embedding, knnNeighbours, 'others', signal)
  const correct = labels.filter(
    (label, i) => majority(gallery.labels, (found[i] as Neighbours).indices) === label,
  )
  return correct.length / embedding.count
}

/** Measures an embedding by the recipe's definitions. The seed picks the verification pairs. @throws cancelled */
export async function measureQuality(
  train: LabelledEmbedding,
  test: LabelledEmbedding,
  seed: number,
  signal?: AbortSignal,
): Promise<Quality> {
  const queries = test.embedding
  const accuracy = await knnAccuracy(train, test, signal)
  const inTest = await nearestOfEach(queries, queries, precisionNeighbours, 'themselves', signal)
  let relevant = 0
  let retrieved = 0
  test.labels.forEach((label, query) => {
    const others = (inTest[query] as Neighbours).indices
    retrieved += others.length
    for (const other of others) if (test.labels[other] === label) relevant++
  })
  return {
    knnAccuracy: accuracy,
    precisionAt9: retrieved === 0 ? Number.NaN : relevant / retrieved,
    verification: verification(test, verificationPairs, Random.seeded(seed, 'quality')),
  }
}
