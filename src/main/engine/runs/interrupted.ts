import { existsSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { uptime } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { badFile, invalidInput, TwinlensError } from '../../../shared/errors.ts'
import type { TrainingState } from '../safe-training.ts'
import type { NetworkValues } from '../twin/network/network-values.ts'
import { isAlive } from './is-alive.ts'
import { openManifest, parseJson } from './manifest.ts'
import { decodeNetwork } from './network-file.ts'
import { runConfigSchema } from './run-config.ts'
import { decodeEvaluations, type RunEvaluation } from './run-evaluations.ts'
import { decodeMoments, type RunMoment } from './run-moments.ts'
import { decodeSafetensors, notesOf } from './safetensors.ts'
import { decodeState } from './training-state-file.ts'

/** What a training under way keeps beside its run's place, so that it can go on after whatever ends it. */
export const trainingFolder = (run: string): string => `${run}.training`

/** The run's place. */
export const runOf = (training: string): string => training.replace(/\.training[\\/]?$/, '')

/** training.json: what is trained. */
export const trainingConfigSchema = runConfigSchema
  .omit({ iterations: true, trainingSeconds: true, quality: true })
  .extend({ checkpointEvery: z.number().int().positive().optional() })
export type TrainingConfig = z.infer<typeof trainingConfigSchema>

export const files = {
  config: 'training.json',
  owner: 'owner.json',
  state: 'state.safetensors',
  losses: 'losses.safetensors',
  evaluations: 'evaluations.csv',
  best: 'best.safetensors',
  moments: 'moments.safetensors',
} as const

/** Where a training left off. */
export interface Progress {
  readonly state: TrainingState
  /** Of every iteration that is done. */
  readonly losses: Float32Array
  readonly trainingSeconds: number
  /** How good it was on the way; none where that was not asked for, or by an earlier Twinlens. */
  readonly evaluations?: readonly RunEvaluation[]
  /** The network of the best of them, where one is chosen. */
  readonly best?: NetworkValues | undefined
  /** What was kept of the way of its points, oldest first. */
  readonly moments?: readonly RunMoment[]
}

export interface InterruptedTraining {
  readonly folder: string
  readonly config: TrainingConfig
  /** Undefined where it had not come to its first checkpoint. */
  readonly progress: Progress | undefined
  /** Names of checkpoints that are damaged: one before them is used. */
  readonly damaged: readonly string[]
}

const checkpoint = /^iteration-(\d+)$/
export const checkpointName = (iteration: number): string => `iteration-${iteration}`

/** The iteration of the newest checkpoint and when it was kept; 0 and when the training began where there is none. */
export async function newestCheckpoint(folder: string): Promise<{ iteration: number; kept: Date }> {
  const [newest] = await checkpointNames(folder)
  const { mtime } = await stat(newest === undefined ? join(folder, files.config) : join(folder, newest))
  return { iteration: newest === undefined ? 0 : Number(checkpoint.exec(newest)?.[1]), kept: mtime }
}

/** Names of the checkpoints in a training's folder, newest first. */
export async function checkpointNames(folder: string): Promise<string[]> {
  const iterationOf = (name: string): number => Number(checkpoint.exec(name)?.[1])
  const names = (await readdir(folder)).filter(name => checkpoint.test(name))
  return names.toSorted((a, b) => iterationOf(b) - iterationOf(a))
}

/** Opens the newest checkpoint that is whole. @throws bad-file: it is no training */
export async function openInterrupted(folder: string): Promise<InterruptedTraining> {
  const config = await openTrainingConfig(folder)
  const damaged: string[] = []
  for (const name of await checkpointNames(folder)) {
    try {
      return { folder, config, progress: await openProgress(join(folder, name), config), damaged }
    } catch (error) {
      if (!(error instanceof TwinlensError)) throw error
      damaged.push(name)
    }
  }
  return { folder, config, progress: undefined, damaged }
}

/** What is trained in a folder, without what was learned. @throws bad-file */
export async function openTrainingConfig(folder: string): Promise<TrainingConfig> {
  const { checked } = await openManifest(folder)
  return parseJson(await checked(files.config), trainingConfigSchema, join(folder, files.config))
}

async function openProgress(folder: string, { hyperparameters, data }: TrainingConfig): Promise<Progress> {
  const { manifest, checked } = await openManifest(folder)
  const state = decodeState(await checked(files.state), join(folder, files.state))
  const path = join(folder, files.losses)
  const bytes = await checked(files.losses)
  const losses = decodeSafetensors(bytes, path).get('losses')?.values
  const trainingSeconds = Number(notesOf(bytes, path)['trainingSeconds'])
  if (!(losses instanceof Float32Array) || losses.length !== state.iteration)
    throw badFile(path, 'it has not a loss for every iteration.')
  if (!(trainingSeconds >= 0)) throw badFile(path, 'it does not tell how long the training took.')
  /** Undefined where there was nothing to keep. */
  const opened = async <T>(file: string, decode: (bytes: Uint8Array, path: string) => T) =>
    manifest[file] === undefined ? undefined : decode(await checked(file), join(folder, file))
  const evaluations = (await opened(files.evaluations, decodeEvaluations)) ?? []
  const best = await opened(files.best, (bytes, at) => decodeNetwork(bytes, at, data))
  if (best === undefined && hyperparameters.validationShare > 0 && evaluations.length > 0)
    throw badFile(folder, `${files.best} is missing.`)
  const moments = (await opened(files.moments, decodeMoments)) ?? []
  return { state, losses, trainingSeconds, evaluations, best, moments }
}

/** Ends what is kept for going on. @throws busy: it is under way, in this process or another */
export async function discardInterrupted(folder: string): Promise<void> {
  await refuseUnderWay(folder)
  await rm(folder, { recursive: true, force: true })
}

/** @throws busy */
export async function refuseUnderWay(folder: string): Promise<void> {
  if (await isUnderWay(folder)) throw new TwinlensError('busy', `${folder} is being trained already.`)
}

const ownerSchema = z.object({ pid: z.int().positive(), booted: z.number() })

/** A process's number may come again after the computer was started anew. */
const bootTime = (): number => Math.round(Date.now() / 1000 - uptime())

/** Clocks are set now and then, s. */
const sameBoot = 120

/** owner.json: who trains. */
export const ownerJson = (): string => `${JSON.stringify({ pid: process.pid, booted: bootTime() })}\n`

/** A file that is damaged names nobody, and nobody who lives has written it: it is written whole or not at all. */
function parseOwner(text: string): z.infer<typeof ownerSchema> | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Whether a living process trains it. */
export async function isUnderWay(folder: string): Promise<boolean> {
  const path = join(folder, files.owner)
  if (!existsSync(path)) return false
  const owner = parseOwner(await readFile(path, 'utf8'))
  if (owner === undefined || Math.abs(owner.booted - bootTime()) > sameBoot) return false
  return isAlive(owner.pid)
}

/**
 * Removes what a process that was killed left half-written beside its checkpoints and its run, and checkpoints that are
 * damaged.
 */
export async function tidyInterrupted({ folder, damaged }: InterruptedTraining): Promise<void> {
  for (const path of [runOf(folder), folder]) await removeHalfWritten(path)
  const inside = (await readdir(folder)).filter(name => /\.tmp-\d+$/.test(name))
  for (const name of [...inside, ...damaged]) await rm(join(folder, name), { recursive: true, force: true })
}

/** Removes what was begun to be written as this folder, and was never finished. */
export async function removeHalfWritten(folder: string): Promise<void> {
  const [parent, begun] = [dirname(folder), `${basename(folder)}.tmp-`]
  for (const name of await readdir(parent))
    if (name.startsWith(begun) && /^\d+$/.test(name.slice(begun.length)))
      await rm(join(parent, name), { recursive: true, force: true })
}

/** @throws invalid-input: it would be overwritten */
export function refuseInterruptedAt(run: string): void {
  const folder = trainingFolder(run)
  if (existsSync(folder))
    throw invalidInput(
      `${folder} holds an interrupted training. Resume it, remove it, or choose another place.`,
    )
}
