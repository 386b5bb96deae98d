import type { DataChoice } from '../../../shared/contract/data.ts'
import type { SweepOverview, SweepReport, sweepCalls } from '../../../shared/contract/sweeps.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import type { DataSet } from '../data/data-set.ts'
import { planRuns } from '../sweeps/plan-runs.ts'
import { planSweep } from '../sweeps/run-sweep.ts'
import { openSweep, sweepFolder, sweepNames } from '../sweeps/sweep-folder.ts'
import { sweepTable } from '../sweeps/sweep-table.ts'
import type { SweepSession } from './sweep-session.ts'

/** @param choose opens the images that a sweep is to train on */
export const sweepHandlers = (sweep: SweepSession, choose: (choice: DataChoice) => Promise<DataSet>) =>
  ({
    sweeps: async () => Promise.all((await sweepNames()).map(overview)),
    sweep: ({ name }) => report(name),
    countSweep: ({ request }) => ({ runs: planRuns('sweep', request).length }),
    startSweep: ({ request, data, name }) =>
      sweep.begin(async () => planSweep(await choose(data), request, name)),
    resumeSweep: ({ name }) => sweep.begin(async () => sweepFolder(name)),
    stopSweep: () => sweep.stop(),
    sweepState: (_, { signal }) => sweep.states.listen(signal, sweep.state),
  }) satisfies Handlers<typeof sweepCalls>

/** One that cannot be read is listed too, with its fault. */
async function overview(name: string): Promise<SweepOverview> {
  try {
    const { plan, results } = await openSweep(sweepFolder(name))
    return {
      name,
      about: { created: plan.created, total: plan.runs.length, done: results.length },
      fault: null,
    }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    return { name, about: null, fault: error.message }
  }
}

async function report(name: string): Promise<SweepReport> {
  const folder = sweepFolder(name)
  const { plan, results } = await openSweep(folder)
  const { data, request, runs } = plan
  return {
    name,
    folder,
    data: data.name,
    validation: request.validation,
    runs,
    results,
    rows: sweepTable(runs, results),
  }
}
