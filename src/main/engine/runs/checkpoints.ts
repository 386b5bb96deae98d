import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TwinlensError } from '../../../shared/errors.ts'
import { createFolderAtomically } from './atomic-folder.ts'
import {
  checkpointName,
  checkpointNames,
  files,
  ownerJson,
  type Progress,
  removeHalfWritten,
  type TrainingConfig,
} from './interrupted.ts'
import { writeWithManifest } from './manifest.ts'
import { encodeNetwork } from './network-file.ts'
import { encodeEvaluations } from './run-evaluations.ts'
import { encodeMoments } from './run-moments.ts'
import { encodeSafetensors } from './safetensors.ts'
import { encodeState } from './training-state-file.ts'
import { writeFileWhole } from './write-file.ts'

/** Time between two checkpoints: so long at least, ms, and so many times what the last one took. */
const interval = 15_000
const costFactor = 100

/** The one before stays until the next: whatever happens to the newest, there is one to go on from. */
const keptCheckpoints = 2

/**
 * The checkpoints of one training. They are written while it goes on, whole or not at all, the last two are kept, and a
 * training never ends because one cannot be written: that is told once, and the next is tried.
 */
export class Checkpoints {
  readonly #folder: string
  readonly #config: TrainingConfig
  #writing: Promise<void> | undefined
  #last: number
  #nextAt = performance.now() + interval
  #fault: string | undefined
  #told = false

  /** @param iteration where the training begins */
  constructor(folder: string, config: TrainingConfig, iteration: number) {
    this.#folder = folder
    this.#config = config
    this.#last = iteration
  }

  /** Makes the folder, or takes over that of a training that was interrupted. */
  async begin(): Promise<void> {
    await this.#try(async () => {
      if (existsSync(this.#folder)) await writeFileWhole(join(this.#folder, files.owner), ownerJson())
      else await this.#create()
    })
  }

  /** Whether one is to be kept after this iteration. */
  isDue(iteration: number): boolean {
    const every = this.#config.checkpointEvery
    if (every !== undefined && Math.floor(iteration / every) > Math.floor(this.#last / every)) return true
    return this.#writing === undefined && performance.now() >= this.#nextAt
  }

  /** Begins to write one; waits for that before it only where one is asked for sooner than it can be written. */
  async keep(progress: Progress, tookMs: number): Promise<void> {
    await this.#writing
    this.#last = progress.state.iteration
    this.#writing = this.#write(progress, tookMs)
  }

  /** Why one could not be written, for a person, the first time that this happened. */
  takeFault(): string | undefined {
    if (this.#told || this.#fault === undefined) return undefined
    this.#told = true
    return `${this.#fault} The training goes on; if it is interrupted, it resumes from the last checkpoint that was kept.`
  }

  /** Waits for the one under way. What is left there is from now on for whoever wants to go on with it. */
  async release(): Promise<void> {
    await this.#settle()
    await this.#try(() => rm(join(this.#folder, files.owner), { force: true }))
  }

  /** The run is saved, or there is nothing worth going on with. */
  async remove(): Promise<void> {
    await this.#settle()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Waits for the one under way. */
  async #settle(): Promise<void> {
    await this.#writing
  }

  async #create(): Promise<void> {
    await mkdir(dirname(this.#folder), { recursive: true })
    await removeHalfWritten(this.#folder)
    await createFolderAtomically(this.#folder, folder =>
      writeWithManifest(folder, { [files.config]: `${JSON.stringify(this.#config, null, 2)}\n` }),
    )
    await writeFileWhole(join(this.#folder, files.owner), ownerJson())
  }

  async #write(progress: Progress, tookMs: number): Promise<void> {
    const { state, losses, trainingSeconds, evaluations = [], best, moments = [] } = progress
    const started = performance.now()
    await this.#try(async () => {
      if (!existsSync(this.#folder)) await this.#create()
      const place = join(this.#folder, checkpointName(state.iteration))
      const shape = [losses.length]
      await createFolderAtomically(place, folder =>
        writeWithManifest(folder, {
          [files.state]: encodeState(state),
          [files.losses]: encodeSafetensors([{ name: 'losses', shape, values: losses }], {
            trainingSeconds: String(trainingSeconds),
          }),
          ...(evaluations.length === 0 ? {} : { [files.evaluations]: encodeEvaluations(evaluations) }),
          ...(best === undefined ? {} : { [files.best]: encodeNetwork(best) }),
          ...(moments.length === 0 ? {} : { [files.moments]: encodeMoments(moments) }),
        }),
      )
      const old = (await checkpointNames(this.#folder)).slice(keptCheckpoints)
      for (const name of old) await rm(join(this.#folder, name), { recursive: true, force: true })
    })
    const ended = performance.now()
    this.#nextAt = ended + Math.max(interval, costFactor * (tookMs + ended - started))
    this.#writing = undefined
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      // Removing an old one fails with the system's own words.
      const reason = error instanceof TwinlensError || error instanceof Error ? error.message : String(error)
      this.#fault ??= `A checkpoint could not be kept: ${reason}`
    }
  }
}
