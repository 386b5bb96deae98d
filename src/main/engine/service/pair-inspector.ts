import type { pairCalls } from '../../../shared/contract/pairs.ts'
import { invalidInput } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { drawPairs, hardestPairs } from '../embedding/hard-pairs.ts'
import type { PairBatch } from '../twin/pairs.ts'
import { Random } from '../twin/random.ts'
import type { ServiceContext } from './context.ts'
import { openMoment } from './open-moment.ts'

/** The pairs that were drawn last, by what they were drawn from: a window that follows a training asks for the same again. */
interface Drawn {
  readonly labels: Uint16Array
  readonly key: string
  readonly pairs: PairBatch
}

/** Distances between points that are there already: while it trains this costs it a millisecond and no embedding. */
export function pairHandlers(context: ServiceContext) {
  let last: Drawn | undefined
  const draw = (count: number, seed: number): PairBatch => {
    const { labels } = context.data().test
    const key = `${count} ${seed}`
    if (last?.key !== key || last.labels !== labels)
      last = { labels, key, pairs: drawPairs(labels, count, Random.seeded(seed, 'display')) }
    return last.pairs
  }
  return {
    hardestPairs: async ({ of, drawn, seed, most }) => {
      if (of.kind !== 'run' && context.session.state.encoder !== null)
        throw invalidInput(
          'These are the pairs that a training still pulls at. This encoder was not trained here: which margin it learned with is not known.',
        )
      const { embedding, margin, iteration } = await openMoment(of, context)
      return { iteration, margin, ...hardestPairs(embedding, draw(drawn, seed), margin, most) }
    },
  } satisfies Handlers<typeof pairCalls>
}
