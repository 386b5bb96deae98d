import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const markSchema = z.object({ gpu: z.string(), pid: z.int(), since: z.number() })

/** After so long the card is tried again: its driver may be another by then, ms. */
const rememberedMs = 24 * 60 * 60 * 1000

/**
 * A file that is there while a graphics card computes. A driver that crashes takes the engine along without a word; the
 * file is what tells the next engine to leave that card alone, so that it happens once and not at every start.
 */
export class GpuCrashMark {
  readonly #file: string
  readonly #remove: () => void

  constructor(file: string) {
    this.#file = file
    this.#remove = () => rmSync(file, { force: true })
  }

  /** Why this card had better be left alone, if so. */
  reason(gpu: string, now = Date.now()): string | undefined {
    const mark = this.#read()
    if (mark === undefined || mark.gpu !== gpu || now - mark.since > rememberedMs || isAlive(mark.pid))
      return undefined
    return `The engine ended unexpectedly while ${gpu} computed, so it is left alone for a day.`
  }

  /** From now on an end of this process counts as a crash, unless it comes by `process.exit` or after `clear`. */
  set(gpu: string, now = Date.now()): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(this.#file, JSON.stringify({ gpu, pid: process.pid, since: now }))
      process.once('exit', this.#remove)
    } catch (error) {
      console.error('A crash of the graphics card would not be noticed:', error)
    }
  }

  clear(): void {
    process.off('exit', this.#remove)
    this.#remove()
  }

  #read(): z.infer<typeof markSchema> | undefined {
    try {
      return markSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')))
    } catch {
      return undefined // none, or half of one
    }
  }
}

/** Another training may compute on the same card at this moment. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
