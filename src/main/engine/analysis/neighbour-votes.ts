import { noClass } from '../../../shared/contract/analysis.ts'
import { majority } from '../embedding/majority.ts'
import type { Neighbours } from '../embedding/nearest.ts'

/** What the neighbours of each image say of its class; see `Analysis` in the contract for shapes and meaning. */
export interface Votes {
  readonly neighbours: Int32Array
  readonly neighbourLabels: Uint16Array
  readonly predicted: Uint16Array
  readonly confidence: Float32Array
  readonly weight: Float32Array
}

/**
 * Counts the votes of the neighbours of many images.
 * @param labels class of each gallery point
 * @param found the neighbours of each image, nearest first, at most `size` of them
 */
export function countVotes(labels: Uint16Array, found: readonly Neighbours[], size: number): Votes {
  const votes = {
    neighbours: new Int32Array(found.length * size).fill(-1),
    neighbourLabels: new Uint16Array(found.length * size).fill(noClass),
    predicted: new Uint16Array(found.length).fill(noClass),
    confidence: new Float32Array(found.length),
    weight: new Float32Array(found.length),
  }
  found.forEach(({ indices, distances }, image) => {
    if (indices.length === 0) return
    const classes = Uint16Array.from(indices, index => labels[index] as number)
    const winner = majority(labels, indices)
    votes.neighbours.set(indices, image * size)
    votes.neighbourLabels.set(classes, image * size)
    votes.predicted[image] = winner
    votes.confidence[image] = classes.filter(one => one === winner).length / classes.length
    votes.weight[image] = weightOf(winner, classes, distances)
  })
  return votes
}

/** Share of the weight that a class has, each neighbour weighing 1 / distance. */
function weightOf(winner: number, classes: Uint16Array, distances: Float64Array): number {
  const touching = distances[0] === 0
  let all = 0
  let own = 0
  classes.forEach((label, i) => {
    const distance = distances[i] as number
    const weight = touching ? Number(distance === 0) : 1 / distance
    all += weight
    if (label === winner) own += weight
  })
  return all > 0 ? own / all : 0
}
