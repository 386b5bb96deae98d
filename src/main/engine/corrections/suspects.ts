import type { Suspect } from '../../../shared/contract/corrections.ts'
import type { Split } from '../../../shared/contract.ts'
import { analyse, analyseByEachOther } from '../analysis/analyse.ts'
import type { Votes } from '../analysis/neighbour-votes.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import { knnNeighbours } from '../embedding/quality.ts'

/** Share of the neighbours that must agree on another class: four of five. */
const sure = 0.8 - 1e-6

/** A suspect before it is known which image of the files it is. */
export type Found = Omit<Suspect, 'source'>

/**
 * Images whose neighbours agree on another class than their label, the surest first; of equals, those whose neighbours
 * of that class are nearer in comparison, then test images.
 * @param train where the training images fall, once that is known
 * @throws cancelled
 */
export async function findSuspects(
  test: LabelledEmbedding,
  train: LabelledEmbedding | undefined,
  signal?: AbortSignal,
): Promise<Found[]> {
  if (train === undefined) {
    const votes = await analyseByEachOther(test, signal)
    return inOrder(disagreeing('test', test.labels, votes))
  }
  const ofTest = disagreeing('test', test.labels, await analyse(test.embedding, train, signal))
  const ofTrain = disagreeing('train', train.labels, await analyseByEachOther(train, signal))
  return inOrder([...ofTest, ...ofTrain])
}

function disagreeing(split: Split, labels: Uint16Array, votes: Votes): (Found & { weight: number })[] {
  const found: (Found & { weight: number })[] = []
  labels.forEach((label, index) => {
    const suggested = votes.predicted[index] as number
    const confidence = votes.confidence[index] as number
    if (suggested === label || confidence < sure) return
    const at = index * knnNeighbours
    const neighbours = Array.from(votes.neighbours.subarray(at, at + knnNeighbours), (neighbour, i) => ({
      index: neighbour,
      label: votes.neighbourLabels[at + i] as number,
    })).filter(neighbour => neighbour.index >= 0)
    const weight = votes.weight[index] as number
    found.push({ split, index, label, suggested, confidence, weight, neighbours })
  })
  return found
}

const inOrder = (found: (Found & { weight: number })[]): Found[] =>
  found
    .sort((a, b) => b.confidence - a.confidence || b.weight - a.weight)
    .map(({ weight: _, ...suspect }) => suspect)
