import type { SweepOverview, SweepReport, sweepCalls } from '../../../shared/contract/sweeps.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { openSweep, sweepFolder, sweepNames } from '../sweeps/sweep-folder.ts'
import { sweepTable } from '../sweeps/sweep-table.ts'

export const sweepHandlers = () =>
  ({
    sweeps: async () => Promise.all((await sweepNames()).map(overview)),
    sweep: ({ name }) => report(name),
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
