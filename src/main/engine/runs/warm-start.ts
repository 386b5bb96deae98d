import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { badFile, invalidInput } from '../../../shared/errors.ts'
import type { NetworkSpec } from '../twin/network/network-spec.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'
import { fitInWords, fitOf } from '../twin/network/take-over.ts'
import type { RunConfig } from './run-config.ts'
import { openWeights } from './run-folder.ts'
import { isSavedRun, runsFolder } from './run-folders.ts'

/** The run that a training takes its first weights from. */
export interface WarmStart extends NonNullable<RunConfig['warmStart']> {
  /** Left out where a training goes on, which has weights of its own by now. */
  readonly network?: NetworkValues
}

/** @param folder of a run, in the library or elsewhere @throws bad-file */
export async function openWarmStart(folder: string): Promise<WarmStart> {
  const { network, fingerprint } = await openWeights(folder)
  const run = dirname(folder) === runsFolder() ? basename(folder) : folder
  return { run, fingerprint, network }
}

/** That of a training that goes on, or is done anew: weights are read only where it has none of its own yet. */
export async function warmStartOf(
  { warmStart }: Pick<RunConfig, 'warmStart'>,
  goesOn: boolean,
): Promise<WarmStart | undefined> {
  return warmStart === undefined || goesOn ? warmStart : reopenWarmStart(warmStart)
}

/** The same again. @throws invalid-input: that run is gone; bad-file: its weights are others now */
async function reopenWarmStart(kept: NonNullable<RunConfig['warmStart']>): Promise<WarmStart> {
  const { run, fingerprint } = kept
  const folder = isSavedRun(run) ? join(runsFolder(), run) : run
  if (!isAbsolute(folder) || !existsSync(folder))
    throw invalidInput(`The run "${run}", whose weights this training began with, is gone.`)
  const opened = await openWarmStart(folder)
  if (opened.fingerprint !== fingerprint)
    throw badFile(folder, 'its weights are no longer those that this training began with.')
  return opened
}

/** What a training that begins takes over, in a sentence. @throws invalid-input: nothing fits */
export function warmStartInWords(spec: NetworkSpec, { run, network }: WarmStart): string | undefined {
  if (network === undefined) return undefined
  return `It begins with the weights of “${run}”: ${fitInWords(fitOf(spec, network.spec))}.`
}
