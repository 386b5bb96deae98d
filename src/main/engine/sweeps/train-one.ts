import type { RunConfig } from '../runs/run-config.ts'
import type { BackendReport } from '../tensorflow/backends.ts'
import { runJob } from '../training-job.ts'
import type { TrainOne } from './run-sweep.ts'

/**
 * Trains as every other training is done.
 * @param signal ends the training under way
 * @param onIteration told how many iterations are done
 */
export const trainWith =
  (
    backend: BackendReport,
    signal: AbortSignal,
    onIteration: (done: number, of: number) => void = () => undefined,
  ): TrainOne =>
  async ({ data, hyperparameters, folder }) => {
    let config: RunConfig | undefined
    // Thousands of runs would keep what nobody goes on with.
    const job = { data, hyperparameters, backend, name: data.name, folder, keepState: false }
    for await (const event of runJob(job, signal)) {
      if (event.kind === 'done') config = event.run.config
      if (event.kind === 'losses')
        onIteration(event.firstIteration - 1 + event.losses.length, hyperparameters.iterations)
    }
    if (config === undefined) throw new Error('The training ended without a run.')
    return config
  }
