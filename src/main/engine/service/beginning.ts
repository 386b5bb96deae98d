import type { Hyperparameters } from '../../../shared/hyperparameters.ts'
import type { DataSet } from '../data/data-set.ts'
import { embed } from '../embedding/embed.ts'
import { divideForTraining } from '../evaluator.ts'
import { disposeNetwork, toNetwork } from '../twin/network/network.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'
import { firstWeights } from '../twin/network/take-over.ts'
import type { LivePoints } from './live-embedding.ts'

/**
 * Where a training begins: the images as the network has them before its first iteration. Made from the seed once more,
 * and after that iteration, so that nobody waits for the first loss because of it.
 */
export async function embedBeginning(
  data: DataSet,
  hyperparameters: Hyperparameters,
  warmFrom: NetworkValues | undefined,
): Promise<LivePoints> {
  const { learned } = divideForTraining(data, hyperparameters)
  const network = toNetwork(firstWeights(hyperparameters, learned, warmFrom))
  try {
    return { embedding: await embed(network, data.test), iteration: 0, oldestIteration: 0 }
  } finally {
    disposeNetwork(network)
  }
}
