import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { invalidInput } from '../../../shared/errors.ts'

/** The person's data folder, where every host keeps runs; TWINLENS_DATA names another. */
export const dataFolder = (): string =>
  process.env['TWINLENS_DATA'] ?? envPaths('twinlens', { suffix: '' }).data

export const runsFolder = (): string => join(dataFolder(), 'runs')

/** Names of the saved runs' folders, newest first; none before the first run. */
export async function savedRunNames(): Promise<string[]> {
  const entries = existsSync(runsFolder()) ? await readdir(runsFolder(), { withFileTypes: true }) : []
  // What is being written, and what a training under way keeps for its resumption, are no runs yet.
  const whole = entries.filter(entry => entry.isDirectory() && !/\.(tmp-\d+|training)$/.test(entry.name))
  return whole.map(({ name }) => name).toSorted((a, b) => (a < b ? 1 : -1))
}

/** Whether there is a folder of this name among the saved runs, and not elsewhere. */
export const isSavedRun = (name: string): boolean =>
  !/[\\/]|^\.+$/.test(name) && existsSync(join(runsFolder(), name))

/** The folder of a saved run by its name, and no other place. @throws invalid-input */
export function savedRunFolder(name: string): string {
  if (!isSavedRun(name)) throw invalidInput(`There is no saved run "${name}".`)
  return join(runsFolder(), name)
}

/** A folder that does not exist yet for a new run, named by the local time, and counted where that is taken. */
export function newRunFolder(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`
  return freeFolder(join(runsFolder(), `${date} ${time}`))
}

/** The same, counted where it is taken. */
export function freeFolder(folder: string): string {
  let candidate = folder
  for (let i = 2; existsSync(candidate) || existsSync(`${candidate}.training`); i++)
    candidate = `${folder} (${i})`
  return candidate
}
