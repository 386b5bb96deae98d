import type { Progress } from './interrupted.ts'
import type { RunConfig } from './run-config.ts'
import { openEvaluations, openLosses, openMoments, openState, openWeights } from './run-folder.ts'

/** Where the training of a saved run left off; undefined for one that was saved without its state. @throws bad-file */
export async function progressOfRun(
  folder: string,
  { trainingSeconds, evaluated }: RunConfig,
): Promise<(Progress & Required<Pick<Progress, 'moments'>>) | undefined> {
  const state = await openState(folder)
  if (state === undefined) return undefined
  const isBest = (evaluated?.best ?? null) !== null
  return {
    state,
    losses: await openLosses(folder),
    trainingSeconds,
    evaluations: await openEvaluations(folder),
    best: isBest ? (await openWeights(folder)).network : undefined,
    moments: await openMoments(folder),
  }
}
