import { existsSync, readFileSync } from 'node:fs'
import { arch, cpus, loadavg, release, type as system, totalmem } from 'node:os'
import { join } from 'node:path'

/** Where the figures come from. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGB: number
  readonly system: string
  /** Node's and the peers' versions by name. */
  readonly versions: Readonly<Record<string, string>>
  /** Share of all cores that others kept busy, from 0 to 1, in a second before the first and one after the last figure. */
  readonly busy: { readonly before: number; readonly after: number }
  /** Processes that wanted a core, on average over the minute before the first figure; null on Windows. */
  readonly load: number | null
}

export function describeMachine(
  versions: Machine['versions'],
  { busy, load }: Pick<Machine, 'busy' | 'load'>,
): Machine {
  return {
    processor: processor(),
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release()} ${arch()}`,
    versions: { Node: process.versions.node, ...ourTensorFlow(), ...versions },
    busy,
    load,
  }
}

export const loadNow = (): number | null => (process.platform === 'win32' ? null : (loadavg()[0] ?? null))

/** What set-up installed for us. */
function ourTensorFlow(): Record<string, string> {
  const record = join(import.meta.dirname, '../build/engine.json')
  if (!existsSync(record)) return {}
  const { tensorflow } = JSON.parse(readFileSync(record, 'utf8')) as { tensorflow?: string }
  return tensorflow === undefined ? {} : { 'our TensorFlow': tensorflow }
}

/** With family and model where Linux knows them: virtual machines often leave the name out. */
function processor(): string {
  const name = cpus()[0]?.model.trim() ?? 'unknown processor'
  if (process.platform !== 'linux') return name
  const info = readFileSync('/proc/cpuinfo', 'utf8')
  const field = (key: string): string | undefined => new RegExp(`^${key}\\s*: (.*)$`, 'm').exec(info)?.[1]
  const family = field('cpu family')
  const widest = /\bavx512f\b/.test(info) ? ', AVX-512' : /\bavx2\b/.test(info) ? ', AVX2' : ''
  return family === undefined ? name : `${name} (family ${family}, model ${field('model')}${widest})`
}
