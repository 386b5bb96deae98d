import type { Analysis, analysisCalls } from '../../../shared/contract/analysis.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { analyse, analyseByEachOther } from '../analysis/analyse.ts'
import { knnNeighbours } from '../embedding/quality.ts'
import type { ServiceContext } from './context.ts'

export const analysisHandlers = (context: ServiceContext) =>
  ({
    analyse: (_, { signal }) => analyseNewest(context, signal),
  }) satisfies Handlers<typeof analysisCalls>

/** All that is read of the context is read before the first wait: what changes meanwhile is of no matter. */
async function analyseNewest(
  { data, session, model }: ServiceContext,
  signal: AbortSignal,
): Promise<Analysis> {
  const points = session.latestPoints
  if (points === undefined) throw invalidInput('There is nothing to analyse yet: train first.')
  const test = { embedding: model.gallery, labels: data().test.labels }
  const { train } = model
  const { training, iteration, oldestIteration } = points
  const votes = await (train === undefined
    ? analyseByEachOther(test, signal)
    : analyse(test.embedding, train, signal))
  return {
    training,
    iteration,
    oldestIteration,
    gallery: train === undefined ? 'test' : 'train',
    size: knnNeighbours,
    ...votes,
    agrees: Uint8Array.from(votes.predicted, (label, i) => Number(label === test.labels[i])),
  }
}
