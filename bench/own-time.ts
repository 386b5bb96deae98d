import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Of one process: its parent, and ms of processor time it and those of its children took that have ended. */
interface ProcessTime {
  readonly parent: number
  readonly ms: number
}

/** Linux counts processor time in hundredths of a second here, whatever its own clock (proc(5), sysconf(_SC_CLK_TCK)). */
const msPerTick = 10

/** Other systems do not say it without asking another program, which would disturb what is measured. */
export const ownTimeIsKnown = existsSync('/proc/self/stat')

/**
 * Processor time that this process and all its descendants have taken so far, ms, on all cores together. What ends
 * meanwhile is not lost: its parent inherits its time.
 */
export function ownTime(): number {
  const processes = new Map<number, ProcessTime>()
  for (const name of readdirSync('/proc')) {
    const time = /^\d+$/.test(name) ? readTime(name) : undefined
    if (time !== undefined) processes.set(Number(name), time)
  }
  let sum = 0
  for (const [pid, { ms }] of processes) if (isOurs(pid, processes)) sum += ms
  return sum
}

function isOurs(pid: number, processes: ReadonlyMap<number, ProcessTime>): boolean {
  let at: number | undefined = pid
  while (at !== undefined && at !== process.pid) at = processes.get(at)?.parent
  return at === process.pid
}

function readTime(pid: string): ProcessTime | undefined {
  try {
    // The name, in brackets, may hold anything; after it: state, parent, ... user, system, and both of ended children.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0)
    return { parent: Number(fields[1]), ms: ticks * msPerTick }
  } catch {
    return undefined // it has just ended
  }
}
