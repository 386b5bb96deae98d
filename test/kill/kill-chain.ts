import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { twinlens } from '../support/cli.ts'

const bin = join(import.meta.dirname, '../../bin/twinlens.js')

/** A job of about a second that writes a checkpoint nearly every slice, and ends with the best of its networks. */
const job = [
  ...['--iterations', '400', '--train-count', '200', '--test-count', '60', '--hidden-sizes', '48,24'],
  ...['--batch-size', '40', '--checkpoint-every', '2'],
  ...['--evaluate-every', '20', '--validation-share', '0.2'],
]

export interface KillReport {
  readonly kills: number
  /** Of these, while the run itself was being saved. */
  readonly whileSaving: number
  /** Runs that came to their end after kills, each with the losses, evaluations and weights of an undisturbed one. */
  readonly runs: number
  /** Kills before which a training had to begin anew, for nothing had been kept yet. */
  readonly beforeAnything: number
}

export interface KillOptions {
  readonly kills: number
  readonly seed: number
  /** Where runs are made; emptied of them. */
  readonly folder: string
  readonly backend: string
  readonly tell?: (report: KillReport) => void
}

/**
 * Kills trainings with SIGKILL at random moments, each time going on with what the last kill left, until so many kills are
 * done, and lets the last one come to its end.
 * @throws where a kill left something that does not open, or where what came out is not that of an undisturbed training
 */
export async function killChain({ kills, seed, folder, backend, tell }: KillOptions): Promise<KillReport> {
  const random = Random.seeded(seed, 'display')
  const undisturbed = await train(join(folder, 'undisturbed'), backend)
  let report: KillReport = { kills: 0, whileSaving: 0, runs: 0, beforeAnything: 0 }
  const run = join(folder, 'killed')
  while (report.kills < kills || existsSync(`${run}.training`)) {
    if (existsSync(run)) {
      await compare(run, undisturbed)
      // Killed between the two, what its training kept is there still.
      for (const path of [run, `${run}.training`]) await rm(path, { recursive: true, force: true })
      report = { ...report, runs: report.runs + 1 }
    }
    const goesOn = existsSync(`${run}.training`)
    const args = goesOn ? ['--resume', run] : [...job, '--backend', backend, '--out', run]
    const ending = report.kills >= kills
    const whileSaving = random.uniform() < 0.25
    const killed = await trainAndKill(args, ending ? undefined : { whileSaving, random })
    if (!killed) continue
    report = {
      ...report,
      kills: report.kills + 1,
      whileSaving: report.whileSaving + (killed === 'saving' ? 1 : 0),
      beforeAnything: report.beforeAnything + (existsSync(`${run}.training`) || existsSync(run) ? 0 : 1),
    }
    tell?.(report)
  }
  if (existsSync(run)) {
    await compare(run, undisturbed)
    report = { ...report, runs: report.runs + 1 }
  }
  const left = (await readdir(dirname(run))).filter(name => name.includes('.tmp-'))
  if (left.length > 0) throw new Error(`Half-written folders were left: ${left.join(', ')}`)
  return report
}

/** What is compared, each file to the last byte. */
const compared = ['losses.csv', 'evaluations.csv', 'weights.safetensors'] as const
type Outcome = readonly Buffer[]

async function train(run: string, backend: string): Promise<Outcome> {
  const { code, stderr } = await twinlens(['train', ...job, '--backend', backend, '--out', run])
  if (code !== 0) throw new Error(stderr)
  return outcomeOf(run)
}

const outcomeOf = (run: string): Promise<Outcome> =>
  Promise.all(compared.map(name => readFile(join(run, name))))

async function compare(run: string, undisturbed: Outcome): Promise<void> {
  await openRun(run)
  const outcome = await outcomeOf(run)
  const other = compared.filter((_, i) => !outcome[i]?.equals(undisturbed[i] as Buffer))
  if (other.length > 0)
    throw new Error(`${other.join(' and ')} of ${run} are not those of an undisturbed training.`)
}

interface Moment {
  readonly whileSaving: boolean
  readonly random: Random
}

/** How long after a training's first word, or after it begins to save its run, it is killed at the latest, ms. */
const mostMs = { training: 600, saving: 25 }

/** @returns where it was killed; undefined where it came to its end before. @throws where it fails by itself */
function trainAndKill(
  args: readonly string[],
  moment: Moment | undefined,
): Promise<'training' | 'saving' | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, 'train', '--json', ...args])
    let [stdout, stderr] = ['', '']
    let waits = true
    let killed: 'training' | 'saving' | undefined
    const kill = (where: 'training' | 'saving'): void => {
      waits = false
      setTimeout(
        () => {
          if (child.kill('SIGKILL')) killed = where
        },
        (moment?.random.uniform() ?? 0) * mostMs[where],
      )
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (moment === undefined || !waits) return
      if (moment.whileSaving ? stdout.includes('"saving"') : stdout.includes('"start"'))
        kill(moment.whileSaving ? 'saving' : 'training')
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(killed)
      else if (code === 0) resolve(undefined)
      else reject(new Error(`It ended with ${code}:\n${stderr}`))
    })
  })
}
