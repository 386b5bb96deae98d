import type { Analysis, analysisCalls, Measures } from '../../../shared/contract/analysis.ts'
import { invalidInput } from '../../../shared/errors.ts'
import { defaults } from '../../../shared/hyperparameters.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { analyse, analyseByEachOther } from '../analysis/analyse.ts'
import { noHeldOut } from '../analysis/held-out.ts'
import { measurePoints } from '../analysis/measure.ts'
import type { LabelledEmbedding } from '../embedding/embed.ts'
import { knnNeighbours } from '../embedding/quality.ts'
import type { ServiceContext } from './context.ts'

export const analysisHandlers = (context: ServiceContext) =>
  ({
    analyse: (_, { signal }) => analyseNewest(context, signal),
    measure: (_, { signal }) => measureNewest(context, signal),
  }) satisfies Handlers<typeof analysisCalls>

/** What was learned, all of one moment: whatever changes while it is worked on does not change this. */
interface Newest {
  readonly moment: Pick<Analysis, 'training' | 'iteration' | 'oldestIteration'>
  readonly test: LabelledEmbedding
  readonly train: LabelledEmbedding | undefined
}

/** @throws invalid-input before there is anything */
function newest({ data, live, model }: ServiceContext): Newest {
  const points = live.latestPoints
  if (points === undefined) throw invalidInput('There is nothing to analyse yet: train first.')
  const { training, iteration, oldestIteration } = points
  const test = { embedding: model.gallery, labels: data().test.labels }
  return { moment: { training, iteration, oldestIteration }, test, train: model.train }
}

async function analyseNewest(context: ServiceContext, signal: AbortSignal): Promise<Analysis> {
  const { moment, test, train } = newest(context)
  const votes = await (train === undefined
    ? analyseByEachOther(test, signal)
    : analyse(test.embedding, train, signal))
  return {
    ...moment,
    gallery: train === undefined ? 'test' : 'train',
    size: knnNeighbours,
    ...votes,
    agrees: Uint8Array.from(votes.predicted, (label, i) => Number(label === test.labels[i])),
  }
}

async function measureNewest(context: ServiceContext, signal: AbortSignal): Promise<Measures> {
  const { moment, test, train } = newest(context)
  const { heldOut } = context.live
  const { state } = context.session
  if (state.encoder !== null) {
    const measured = await measurePoints(test, train, { margin: null, seed: defaults.seed }, signal)
    return { ...moment, ...measured, heldOut: noHeldOut }
  }
  if (heldOut === undefined || state.hyperparameters === null) throw invalidInput('Train first.')
  const series = heldOut.series
  return { ...moment, ...(await measurePoints(test, train, state.hyperparameters, signal)), heldOut: series }
}
