import { countVotes } from '../../src/main/engine/analysis/neighbour-votes.ts'
import type { Analysis, Points } from '../../src/shared/contract.ts'
import { invalidInput } from '../../src/shared/errors.ts'
import { fakeLabel } from './fake-digits.ts'
import { search } from './fake-search.ts'

/** The 5-NN analysis by looking at every pair, the image itself left out. */
export function fakeAnalysis(points: Points | null): Analysis {
  if (points === null) throw invalidInput('There is nothing to analyse yet: train first.')
  const { training, iteration, oldestIteration, values, size } = points
  const labels = Uint16Array.from({ length: values.length / size }, (_, index) => fakeLabel(index))
  const found = Array.from(labels, (_, index) => search({ kind: 'test', index }, 5, points).neighbours)
  const votes = countVotes(labels, found, 5)
  const agrees = Uint8Array.from(votes.predicted, (label, i) => Number(label === labels[i]))
  return { training, iteration, oldestIteration, gallery: 'test', size: 5, ...votes, agrees }
}
