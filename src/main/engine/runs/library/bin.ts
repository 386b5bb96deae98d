import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { invalidInput } from '../../../../shared/errors.ts'
import { asTwinlensError } from '../atomic-folder.ts'
import { dataFolder, freeFolder, runsFolder, savedRunFolder } from '../run-folders.ts'
import { binnedName, readBinnedName } from './bin-names.ts'

/** Deleted runs lie here, each under the time of its deletion and its name, until someone throws them away. */
export const binFolder = (): string => join(dataFolder(), 'bin')

export interface BinnedRun {
  /** By which it is restored. */
  readonly binned: string
  /** That it had in the library. */
  readonly name: string
  readonly folder: string
  /** ISO 8601. */
  readonly deleted: string
}

/** Moves a saved run to the bin, in one step. @returns under which name it lies there @throws invalid-input, bad-file */
export async function binRun(name: string, now = new Date()): Promise<string> {
  const folder = savedRunFolder(name)
  const binned = basename(freeFolder(join(binFolder(), binnedName(name, now))))
  try {
    await mkdir(binFolder(), { recursive: true })
    await rename(folder, join(binFolder(), binned))
  } catch (error) {
    throw asTwinlensError(error, binFolder())
  }
  return binned
}

/** Brings it back. @returns its name in the library: another one if that has been taken since @throws invalid-input, bad-file */
export async function restoreRun(binned: string): Promise<string> {
  const name = readBinnedName(binned)?.name
  const from = join(binFolder(), binned)
  if (name === undefined || !existsSync(from)) throw invalidInput(`There is no run "${binned}" in the bin.`)
  const to = freeFolder(join(runsFolder(), name))
  try {
    await mkdir(runsFolder(), { recursive: true })
    await rename(from, to)
  } catch (error) {
    throw asTwinlensError(error, to)
  }
  return basename(to)
}

/** What lies in the bin, deleted last first. */
export async function binnedRuns(): Promise<BinnedRun[]> {
  const names = existsSync(binFolder()) ? await readdir(binFolder()) : []
  const found = names.flatMap((binned): BinnedRun[] => {
    const read = readBinnedName(binned)
    return read === undefined ? [] : [{ binned, folder: join(binFolder(), binned), ...read }]
  })
  return found.toSorted((a, b) => (a.binned < b.binned ? 1 : -1))
}

/** Deletes for good what lies in the bin. @returns how many runs that were @throws bad-file */
export async function emptyBin(): Promise<number> {
  const runs = await binnedRuns()
  try {
    for (const { folder } of runs) await rm(folder, { recursive: true, force: true })
  } catch (error) {
    throw asTwinlensError(error, binFolder())
  }
  return runs.length
}
