import type { Training } from '../../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { type DataSet, fingerprint } from '../data/data-set.ts'
import { reopenDataSet } from '../data/open-data-set.ts'
import {
  openInterrupted,
  refuseUnderWay,
  runOf,
  type TrainingConfig,
  tidyInterrupted,
} from '../runs/interrupted.ts'
import { openConfig } from '../runs/run-folder.ts'
import { progressOfRun } from '../runs/run-progress.ts'
import { warmStartOf } from '../runs/warm-start.ts'
import type { BackendReport } from '../tensorflow/backends.ts'
import type { ServiceContext } from './context.ts'

/** Goes on with an interrupted training where its newest whole checkpoint is. @throws busy, bad-file */
export async function resumeInterrupted(
  folder: string,
  context: ServiceContext,
  backend: BackendReport,
): Promise<Training> {
  refuseWhileBusy(context)
  await refuseUnderWay(folder)
  const training = await openInterrupted(folder)
  const { config, progress, damaged } = training
  const data = await imagesOf(config, context)
  const warmStart = await warmStartOf(config, progress !== undefined)
  await tidyInterrupted(training)
  const passedOver =
    damaged.length === 0 ? [] : ['Its newest checkpoint is damaged: it goes on from the one before.']
  const notices = [...passedOver, ...otherBackend(config, backend)]
  refuseWhileBusy(context)
  use(data, context)
  return context.session.start(data, config.hyperparameters, backend, {
    progress,
    warmStart,
    folder: runOf(folder),
    notice: notices.length === 0 ? null : notices.join(' '),
  })
}

/** Goes on with a run that was stopped; it stays as it is. @throws busy; invalid-input: it has come to its end; bad-file */
export async function goOnWithRun(
  folder: string,
  context: ServiceContext,
  backend: BackendReport,
): Promise<Training> {
  refuseWhileBusy(context)
  const config = await openConfig(folder)
  const { hyperparameters, iterations } = config
  if (iterations >= hyperparameters.iterations)
    throw invalidInput(`${folder} has all its ${iterations} iterations.`)
  const progress = await progressOfRun(folder, config)
  if (progress === undefined)
    throw invalidInput(
      `${folder} was saved without what a training goes on from, by a sweep or an earlier Twinlens. It can be trained anew.`,
    )
  const data = await imagesOf(config, context)
  refuseWhileBusy(context)
  use(data, context)
  const [notice = null] = otherBackend(config, backend)
  return context.session.start(data, hyperparameters, backend, {
    progress,
    warmStart: await warmStartOf(config, true),
    notice,
  })
}

/** Those that are open stay, with what is shown of them. @throws bad-file: they are gone or changed */
async function imagesOf({ data: asked }: TrainingConfig, context: ServiceContext): Promise<DataSet> {
  const open = context.data()
  if (open.missing === undefined && fingerprint(open) === asked.fingerprint) return open
  return reopenDataSet(asked.source, asked.fingerprint, asked.corrections, asked.heldOut)
}

function use(data: DataSet, context: ServiceContext): void {
  if (data !== context.data()) context.use(data)
}

/** A graphics card is chosen anew by measuring. */
function otherBackend({ backend: before }: TrainingConfig, { backend }: BackendReport): string[] {
  if (before.backend === backend || before.backend === 'webgpu') return []
  return [
    `It was trained with ${before.backend} and goes on with ${backend}: its losses differ by rounding from those it would have had.`,
  ]
}

function refuseWhileBusy({ session }: ServiceContext): void {
  if (session.busy)
    throw new TwinlensError(
      'busy',
      'A training is under way. Stop it, or wait for its end, to go on with another.',
    )
}
