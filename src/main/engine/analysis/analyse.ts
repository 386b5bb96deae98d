import type { Embedding, LabelledEmbedding } from '../embedding/embed.ts'
import { nearestOfEach } from '../embedding/nearest-of-each.ts'
import { knnNeighbours } from '../embedding/quality.ts'
import { countVotes, type Votes } from './neighbour-votes.ts'

/** The 5-NN analysis of points by those of another gallery. @throws cancelled */
export async function analyse(
  points: Embedding,
  gallery: LabelledEmbedding,
  signal?: AbortSignal,
): Promise<Votes> {
  const found = await nearestOfEach(gallery.embedding, points, knnNeighbours, 'others', signal)
  return countVotes(gallery.labels, found, knnNeighbours)
}

/** The 5-NN analysis of points by each other, each left out for itself. @throws cancelled */
export async function analyseByEachOther(
  { embedding, labels }: LabelledEmbedding,
  signal?: AbortSignal,
): Promise<Votes> {
  const found = await nearestOfEach(embedding, embedding, knnNeighbours, 'themselves', signal)
  return countVotes(labels, found, knnNeighbours)
}
