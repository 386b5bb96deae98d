import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const exportTests = join(import.meta.dirname, '../numeric/exports')
const setup = (name: string): string =>
  pathToFileURL(join(import.meta.dirname, '../../scripts/setup', name)).href

// Set-up's scripts are JavaScript, which types do not follow.
const { cacheFolder } = (await import(setup('paths.mjs'))) as { cacheFolder(): string }
const { findPython } = (await import(setup('engine/which.mjs'))) as { findPython(): string | undefined }

/**
 * A Python that reads exports back, made once in the project's cache; else a sentence why there is none.
 * @param which TensorFlow, which takes ten times as much room, has one of its own
 */
export function pythonWithReaders(
  which: 'readers' | 'tensorflow' = 'readers',
): { readonly python: string } | { readonly missing: string } {
  const system = findPython()
  if (system === undefined) return { missing: 'there is no Python 3 here' }
  const requirements = join(exportTests, `requirements-${which}.txt`)
  const version = spawnSync(system, ['--version'], { encoding: 'utf8' }).stdout.trim()
  const hash = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex')
  const folder = join(cacheFolder(), 'tests', `${which}-${hash.slice(0, 12)}`)
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  // What was interrupted is made again.
  const stamp = join(folder, 'readers.installed')
  if (existsSync(stamp)) return { python }
  mkdirSync(folder, { recursive: true })
  const made = spawnSync(system, ['-m', 'venv', folder], { stdio: 'ignore' })
  if (made.status !== 0) return { missing: `${version} here cannot make virtual environments` }
  const words = ['-m', 'pip', 'install', '--no-input', '-q', '-r', requirements]
  const { status } = spawnSync(python, words, { stdio: 'ignore' })
  if (status !== 0) return { missing: 'PyPI did not give the packages that read exports' }
  writeFileSync(stamp, '')
  return { python }
}
