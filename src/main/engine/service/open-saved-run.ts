import type { Training } from '../../../shared/contract.ts'
import { imagesOfRun } from '../runs/images-of-run.ts'
import { openEvaluations, openMoments, openRun } from '../runs/run-folder.ts'
import type { ServiceContext } from './context.ts'

/**
 * A saved run becomes what windows show, as if it had just been trained: its images, losses, points and their way there, and the
 * encoder that answers queries. Where its images are gone, the rest of it.
 * @throws busy: a training is under way; bad-file: the run is damaged
 */
export async function openSavedRun(folder: string, { session, use }: ServiceContext): Promise<Training> {
  const refuseWhileBusy = (): void =>
    session.refuseWhileBusy('A training is under way. Stop it, or wait for its end, to open a run.')
  refuseWhileBusy()
  const run = await openRun(folder)
  const moments = await openMoments(folder)
  const evaluations = await openEvaluations(folder)
  const data = await imagesOfRun(run)
  // Another window may have started one while these were read.
  refuseWhileBusy()
  use(data)
  return session.adopt({ ...run, moments, evaluations }, folder, data)
}
