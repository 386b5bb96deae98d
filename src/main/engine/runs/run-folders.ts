import { existsSync } from 'node:fs'
import { join } from 'node:path'
import envPaths from 'env-paths'

/** The person's data folder, where every host keeps runs; TWINLENS_DATA names another. */
export const dataFolder = (): string =>
  process.env['TWINLENS_DATA'] ?? envPaths('twinlens', { suffix: '' }).data

/** A folder that does not exist yet for a new run, named by the local time, and counted where that is taken. */
export function newRunFolder(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}`
  const folder = join(dataFolder(), 'runs', `${date} ${time}`)
  let candidate = folder
  for (let i = 2; existsSync(candidate); i++) candidate = `${folder} (${i})`
  return candidate
}
