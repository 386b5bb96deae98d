import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { invalidInput } from '../../../shared/errors.ts'

/** The person's data folder, where every host keeps runs; TWINLENS_DATA names another. */
export const dataFolder = (): string =>
  process.env['TWINLENS_DATA'] ?? envPaths('twinlens', { suffix: '' }).data

const runsFolder = (): string => join(dataFolder(), 'runs')

/** Names of the saved runs' folders, newest first; none before the first run. */
export async function savedRunNames(): Promise<string[]> {
  const entries = existsSync(runsFolder()) ? await readdir(runsFolder(), { withFileTypes: true }) : []
  const whole = entries.filter(entry => entry.isDirectory() && !/\.tmp-\d+$/.test(entry.name))
  return whole.map(({ name }) => name).toSorted((a, b) => (a < b ? 1 : -1))
}

/** The folder of a saved run by its name, and no other place. @throws invalid-input */
export function savedRunFolder(name: string): string {
  const folder = join(runsFolder(), name)
  if (/[\\/]|^\.+$/.test(name) || !existsSync(folder)) throw invalidInput(`There is no saved run "${name}".`)
  return folder
}

/** A folder that does not exist yet for a new run, named by the local time, and counted where that is taken. */
export function newRunFolder(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`
  const folder = join(runsFolder(), `${date} ${time}`)
  let candidate = folder
  for (let i = 2; existsSync(candidate); i++) candidate = `${folder} (${i})`
  return candidate
}
