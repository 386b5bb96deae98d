import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { digitsFolder } from './digits.ts'

/** How a whole process went. */
export interface Outcome {
  readonly seconds: number
  /** The most memory it ever held (resident, its shared libraries included); NaN where the system does not tell. */
  readonly peakMB: number
}

export interface Command {
  readonly name: string
  readonly words: readonly [string, ...string[]]
  /** Ends it as soon as it prints a line that holds this; `seconds` is until then. */
  readonly until?: string
  readonly watchMemory?: boolean
}

/** Linux alone tells of another process's peak. */
export const peakIsKnown = existsSync('/proc/self/status')
const watchEveryMs = 20

/** Runs a command from start to end. @throws Error: it failed, with the last line of its complaint */
export function runProcess({ name, words, until, watchMemory = false }: Command): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const [command, ...args] = words
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let complaints = ''
    let seen: number | undefined
    let peakMB = Number.NaN
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-2000)
    })
    createInterface({ input: child.stdout }).on('line', line => {
      if (until === undefined || seen !== undefined || !line.includes(until)) return
      seen = performance.now()
      child.kill('SIGKILL')
    })
    const endIt = (): void => void child.kill()
    process.once('exit', endIt)
    const watch = watchMemory
      ? setInterval(() => {
          peakMB = peakOf(child) ?? peakMB
        }, watchEveryMs)
      : undefined
    child.on('error', error => reject(new Error(`${name} could not be started: ${error.message}`)))
    child.on('close', code => {
      clearInterval(watch)
      process.off('exit', endIt)
      const end = seen ?? performance.now()
      if (code === 0 || seen !== undefined) resolve({ seconds: (end - started) / 1000, peakMB })
      else reject(new Error(`${name} ended with ${code}. ${complaints.trim().split('\n').at(-1) ?? ''}`))
    })
  })
}

/** The system keeps the peak itself (VmHWM), so that looking now and then misses only what comes after the last look. */
function peakOf({ pid }: ChildProcess): number | undefined {
  try {
    const kB = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kB === undefined ? undefined : (Number(kB) * 1024) / 1e6
  } catch {
    return undefined // it has just ended
  }
}

/** The real command line. */
export const twinlens = (...args: readonly string[]): [string, ...string[]] => [
  process.execPath,
  join(import.meta.dirname, '../bin/twinlens.js'),
  ...args,
]

/** The PyTorch script that does the default job. */
export const torchJob = (
  python: string,
  { trainCount, testCount, iterations }: { trainCount: number; testCount: number; iterations: number },
): [string, ...string[]] => [
  python,
  '-B',
  join(import.meta.dirname, 'peers/torch_job.py'),
  digitsFolder,
  ...[trainCount, testCount, iterations].map(String),
]
