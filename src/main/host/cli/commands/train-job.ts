import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { badFile, invalidInput, TwinlensError } from '../../../../shared/errors.ts'
import { type PresetName, presetValues } from '../../../../shared/hyperparameters/presets.ts'
import { fieldList, type Hyperparameters } from '../../../../shared/hyperparameters.ts'
import { correctDataSet } from '../../../engine/corrections/correct-data-set.ts'
import { CorrectionBook } from '../../../engine/corrections/correction-book.ts'
import type { DataSet } from '../../../engine/data/data-set.ts'
import { reopenDataSet } from '../../../engine/data/open-data-set.ts'
import { assertFree } from '../../../engine/runs/atomic-folder.ts'
import {
  openInterrupted,
  type Progress,
  refuseInterruptedAt,
  refuseUnderWay,
  runOf,
  tidyInterrupted,
  trainingFolder,
} from '../../../engine/runs/interrupted.ts'
import { openConfig } from '../../../engine/runs/run-folder.ts'
import { newRunFolder, runsFolder } from '../../../engine/runs/run-folders.ts'
import { progressOfRun } from '../../../engine/runs/run-progress.ts'
import { openWarmStart, type WarmStart, warmStartOf } from '../../../engine/runs/warm-start.ts'
import type { BackendName } from '../../../engine/tensorflow/backend-names.ts'
import { type BackendReport, openBackend } from '../../../engine/tensorflow/backends.ts'
import { type DataOptions, dataFlags, openData } from '../data/data-options.ts'
import { parseHyperparameters } from '../options.ts'

export interface JobOptions extends DataOptions {
  readonly preset: PresetName
  readonly backend?: string
  readonly out?: string
  readonly resume?: string
  readonly from?: string
  readonly warmFrom?: string
  readonly corrected?: boolean
  readonly checkpointEvery?: number
}

/** What is to be trained, before the backend is opened. */
export interface AskedJob {
  readonly data: DataSet
  readonly hyperparameters: Hyperparameters
  readonly folder: string
  readonly checkpointEvery: number | undefined
  readonly progress: Progress | undefined
  readonly warmStart: WarmStart | undefined
  /** What the earlier training computed with: the same gives the same losses. */
  readonly backend: BackendName | undefined
  /** What a person should know before it begins. */
  readonly notes: readonly string[]
}

/** A new job, one like a run's, or one that goes on. @throws invalid-input, bad-file, busy */
export async function askedJob(command: Command, options: JobOptions): Promise<AskedJob> {
  if (options.resume !== undefined && options.from !== undefined)
    throw invalidInput('--resume goes on with a training, --from trains anew: give one of them.')
  if (options.resume !== undefined) return resumed(command, options, options.resume)
  const folder = options.out === undefined ? newRunFolder() : resolve(options.out)
  assertFree(folder)
  refuseInterruptedAt(folder)
  const fresh = { folder, checkpointEvery: options.checkpointEvery, progress: undefined, notes: [] }
  if (options.from === undefined) {
    const hyperparameters = parseHyperparameters(command, presetValues(options.preset))
    const data = await withCorrections(await openData(options), options)
    return { ...fresh, hyperparameters, data, warmStart: await warmRun(options), backend: undefined }
  }
  const config = await openConfig(runNamed(options.from))
  const { source, fingerprint, corrections, heldOut } = config.data
  const hyperparameters = parseHyperparameters(command, config.hyperparameters)
  const data = dataFlags.some(flag => isGiven(command, flag))
    ? await openData(options)
    : await reopenDataSet(source, fingerprint, corrections, heldOut)
  return {
    ...fresh,
    hyperparameters,
    data: await withCorrections(data, options),
    warmStart: (await warmRun(options)) ?? (await warmStartOf(config, false)),
    backend: sameAs(config),
  }
}

/** With the backend that is asked for, or else the one that the earlier training had. @throws no-backend */
export async function openBackendFor(
  asked: string | undefined,
  before: BackendName | undefined,
): Promise<{ backend: BackendReport; note: string | undefined }> {
  if (asked !== undefined || before === undefined)
    return { backend: await openBackend(asked), note: undefined }
  try {
    return { backend: await openBackend(before), note: undefined }
  } catch (error) {
    if (!(error instanceof TwinlensError) || error.kind !== 'no-backend') throw error
    const backend = await openBackend()
    const note = `It was trained with ${before}, which cannot be had here: with ${backend.backend} the losses differ by rounding.`
    return { backend, note }
  }
}

async function resumed(command: Command, options: JobOptions, name: string): Promise<AskedJob> {
  const refused = [...dataFlags, 'corrected', 'warmFrom'].filter(flag => isGiven(command, flag))
  const changed = fieldList.map(([field]) => field).filter(field => isGiven(command, field))
  const folder = placeOf(name)
  const isInterrupted = folder.endsWith('.training')
  if (refused.length > 0 || changed.some(field => isInterrupted || field !== 'iterations'))
    throw invalidInput(
      'A training goes on as it began: only --iterations of a run that is saved can be another. Use --from to train anew with changes.',
    )
  return isInterrupted ? interrupted(folder, options) : saved(command, folder, options)
}

async function interrupted(folder: string, options: JobOptions): Promise<AskedJob> {
  const run = runOf(folder)
  if (options.out !== undefined) throw invalidInput(`It will be saved as ${run}: leave out --out.`)
  if (existsSync(run))
    throw invalidInput(`It had come to its end: its run is saved in ${run}. Remove ${folder}.`)
  await refuseUnderWay(folder)
  const training = await openInterrupted(folder)
  const { config, progress, damaged } = training
  await tidyInterrupted(training)
  const { source, fingerprint, corrections, heldOut } = config.data
  const worse = damaged.map(one => `The checkpoint ${one} is damaged and was passed over.`)
  const from = `It goes on after iteration ${progress?.state.iteration ?? 0} of ${config.hyperparameters.iterations}.`
  return {
    data: await reopenDataSet(source, fingerprint, corrections, heldOut),
    hyperparameters: config.hyperparameters,
    folder: run,
    checkpointEvery: options.checkpointEvery ?? config.checkpointEvery,
    progress,
    warmStart: await warmStartOf(config, progress !== undefined),
    backend: sameAs(config),
    notes: [...worse, from],
  }
}

async function saved(command: Command, run: string, options: JobOptions): Promise<AskedJob> {
  const config = await openConfig(run)
  const progress = await progressOfRun(run, config)
  if (progress === undefined)
    throw badFile(
      run,
      'it was saved without what a training needs to go on, by a sweep or an earlier Twinlens.',
    )
  const hyperparameters = parseHyperparameters(command, config.hyperparameters)
  if (hyperparameters.iterations <= config.iterations)
    throw invalidInput(
      `${run} has all its ${config.iterations} iterations: say how many there are to be with --iterations.`,
    )
  const folder = options.out === undefined ? newRunFolder() : resolve(options.out)
  assertFree(folder)
  refuseInterruptedAt(folder)
  const { source, fingerprint, corrections, heldOut } = config.data
  return {
    data: await reopenDataSet(source, fingerprint, corrections, heldOut),
    hyperparameters,
    folder,
    checkpointEvery: options.checkpointEvery,
    progress,
    warmStart: await warmStartOf(config, true),
    backend: sameAs(config),
    notes: [`It goes on after iteration ${config.iterations} of ${hyperparameters.iterations}.`],
  }
}

const withCorrections = async (data: DataSet, { corrected }: JobOptions): Promise<DataSet> =>
  corrected === true ? correctDataSet(data, await new CorrectionBook().of(data)) : data

const warmRun = async ({ warmFrom }: JobOptions): Promise<WarmStart | undefined> =>
  warmFrom === undefined ? undefined : openWarmStart(runNamed(warmFrom))

const isGiven = (command: Command, flag: string): boolean => command.getOptionValueSource(flag) === 'cli'

/** A graphics card was chosen for that training by measuring, and is again. */
const sameAs = ({ backend }: { backend: { backend: BackendName } }): BackendName | undefined =>
  backend.backend === 'webgpu' ? undefined : backend.backend

/** A run's folder by its path or its name. */
function runNamed(name: string): string {
  const found = [resolve(name), join(runsFolder(), name)].find(existsSync)
  if (found === undefined) throw invalidInput(`There is no run "${name}".`)
  return found
}

/** The folder of an interrupted training, or of a run, by path or name. */
function placeOf(name: string): string {
  const places = [resolve(name), join(runsFolder(), name)]
  const found = [...places, ...places.map(trainingFolder)].find(existsSync)
  if (found === undefined) throw invalidInput(`There is no training or run "${name}".`)
  return found
}
