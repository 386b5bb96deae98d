import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { checkpointCalls } from '../../../shared/contract/checkpoints.ts'
import type { InterruptedTraining, TwinlensContract } from '../../../shared/contract.ts'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import {
  discardInterrupted,
  isUnderWay,
  newestCheckpoint,
  openTrainingConfig,
  runOf,
  trainingFolder,
} from '../runs/interrupted.ts'
import { runsFolder } from '../runs/run-folders.ts'
import type { BackendReport } from '../tensorflow/backends.ts'
import type { ServiceContext } from './context.ts'
import { goOnWithRun, resumeInterrupted } from './go-on.ts'

/** @param backend as it was opened */
export const checkpointHandlers = (context: ServiceContext, backend: BackendReport) =>
  ({
    interrupted: interruptedTrainings,
    resumeInterrupted: ({ name }) => resumeInterrupted(folderOf(name), context, backend),
    discardInterrupted: async ({ name }) => {
      await discardInterrupted(folderOf(name))
      return undefined
    },
    goOn: ({ folder }) => goOnWithRun(folder, context, backend),
  }) satisfies Handlers<typeof checkpointCalls & Pick<TwinlensContract, 'resumeInterrupted' | 'goOn'>>

/** Those of the library that no living process trains, newest first. */
async function interruptedTrainings(): Promise<InterruptedTraining[]> {
  if (!existsSync(runsFolder())) return []
  const entries = await readdir(runsFolder(), { withFileTypes: true })
  const folders = entries
    .filter(entry => entry.isDirectory() && entry.name.endsWith('.training'))
    .map(({ name }) => join(runsFolder(), name))
  const found = await Promise.all(folders.map(told))
  return found.flatMap(one => one ?? []).toSorted((a, b) => (a.kept < b.kept ? 1 : -1))
}

async function told(folder: string): Promise<InterruptedTraining | undefined> {
  // Its process ended when its run was whole and this was not removed yet: nothing of it is to be gone on with.
  if ((await isUnderWay(folder)) || existsSync(runOf(folder))) return undefined
  try {
    const { data, hyperparameters } = await openTrainingConfig(folder)
    const { iteration, kept } = await newestCheckpoint(folder)
    return {
      name: basename(runOf(folder)),
      data: data.name,
      iteration,
      iterations: hyperparameters.iterations,
      kept: kept.toISOString(),
    }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    // There is nothing to go on with; `train --resume` names the fault.
    return undefined
  }
}

/** Of the library, and no other place. @throws invalid-input */
function folderOf(name: string): string {
  const folder = trainingFolder(join(runsFolder(), name))
  if (/[\\/]|^\.+$/.test(name) || !existsSync(folder))
    throw invalidInput(`There is no interrupted training "${name}".`)
  return folder
}
