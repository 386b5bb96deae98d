import type { evaluationCalls } from '../../../shared/contract/evaluations.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { seriesOf } from '../runs/run-evaluations.ts'
import { openEvaluations } from '../runs/run-folder.ts'
import { savedRunFolder } from '../runs/run-folders.ts'
import type { ServiceContext } from './context.ts'

export const evaluationHandlers = ({ live }: ServiceContext) =>
  ({
    evaluations: (_, { signal }) => live.evaluations.listen(signal, live.evaluationSeries),
    runEvaluations: async ({ name }) => seriesOf(await openEvaluations(savedRunFolder(name))),
  }) satisfies Handlers<typeof evaluationCalls>
