import type { trainPointCalls } from '../../../shared/contract/train-points.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import type { ServiceContext } from './context.ts'
import { onlyAfterTraining } from './measured.ts'

export const trainPointHandlers = ({ session, live, model }: ServiceContext) =>
  ({
    trainPoints: () => {
      const { latestPoints: points } = live
      const { train } = model
      // Those of the training before are still there until the new one has learned something.
      if (session.busy || points === undefined || train === undefined)
        throw onlyAfterTraining('Training images')
      const { training, iteration } = points
      const { values, size } = train.embedding
      return { training, iteration, values: values.slice(), size, labels: train.labels.slice() }
    },
  }) satisfies Handlers<typeof trainPointCalls>
