import type { sideBySideCalls } from '../../../shared/contract/side-by-side.ts'
import type { Points, SavedRun, SideBySide } from '../../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import type { DataSet } from '../data/data-set.ts'
import { keptNeighbours } from '../embedding/kept-neighbours.ts'
import { align } from '../embedding/procrustes.ts'
import { openConfig, openMoments } from '../runs/run-folder.ts'
import { savedRunFolder, savedRunNames } from '../runs/run-folders.ts'
import { whyNotComparable } from '../runs/same-images.ts'
import type { ServiceContext } from './context.ts'
import { type OpenedMoment, openMoment } from './open-moment.ts'

export const sideBySideHandlers = (context: ServiceContext) =>
  ({
    savedRuns: async () => Promise.all((await savedRunNames()).map(run => describe(run, context.data()))),
    runMoments: async ({ run }) =>
      Int32Array.from(await openMoments(savedRunFolder(run)), ({ iteration }) => iteration),
    sideBySide: async ({ first, second, neighbours }, { signal }): Promise<SideBySide> => {
      const [a, b] = [await openMoment(first, context), await openMoment(second, context)]
      if (a.embedding.count !== b.embedding.count)
        throw invalidInput('These two are not of the same test images.')
      const kept = await keptNeighbours(a.embedding, b.embedding, neighbours, signal)
      return { first: pointsOf(a), second: pointsOf(b), aligned: laidOver(a, b), kept }
    },
  }) satisfies Handlers<typeof sideBySideCalls>

/**
 * Aligning takes time with the square of the features, and the thread with it: 0.24 s for 10,000 points of this many. More
 * features are seldom looked at two by two.
 */
const mostAligned = 64

function laidOver(a: OpenedMoment, b: OpenedMoment): SideBySide['aligned'] {
  if (Math.max(a.embedding.size, b.embedding.size) > mostAligned) return null
  const { embedding, disparity } = align(a.embedding, b.embedding)
  return { values: embedding.values, size: embedding.size, disparity }
}

const pointsOf = ({ training, iteration, oldestIteration, embedding }: OpenedMoment): Points => ({
  ...{ training, iteration, oldestIteration },
  values: embedding.values,
  size: embedding.size,
})

/** A run that cannot be read is listed too, with its fault. */
async function describe(run: string, data: DataSet): Promise<SavedRun> {
  try {
    const config = await openConfig(savedRunFolder(run))
    const { created, iterations, quality, hyperparameters } = config
    const { embeddingSize, margin, seed } = hyperparameters
    const about = { created, iterations, embeddingSize, margin, seed, knnAccuracy: quality.knnAccuracy }
    return { run, about, why: whyNotComparable(config, data) }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    return { run, about: null, why: error.message }
  }
}
