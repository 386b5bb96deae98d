import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { invalidInput } from '../../../../shared/errors.ts'
import { asTwinlensError } from '../../runs/atomic-folder.ts'
import { binFolder } from '../../runs/library/bin.ts'
import { binnedName, readBinnedName } from '../../runs/library/bin-names.ts'
import { freeFolder } from '../../runs/run-folders.ts'
import { dataSetFiles, dataSetFolder, libraryFolder, nameFileSchema } from './data-set-library.ts'

/** Removed data sets lie here, beside the deleted runs, until someone throws them away. */
export const dataSetBin = (): string => join(binFolder(), 'datasets')

export interface BinnedDataSet {
  /** By which it is restored. */
  readonly binned: string
  readonly id: string
  /** What a person called it; its id where that cannot be read. */
  readonly name: string
  readonly folder: string
  /** ISO 8601. */
  readonly deleted: string
}

/** Moves a data set out of the library, in one step. @returns under which name it lies in the bin @throws invalid-input, bad-file */
export async function binDataSet(id: string, now = new Date()): Promise<string> {
  const folder = dataSetFolder(id)
  const binned = basename(freeFolder(join(dataSetBin(), binnedName(id, now))))
  try {
    await mkdir(dataSetBin(), { recursive: true })
    await rename(folder, join(dataSetBin(), binned))
  } catch (error) {
    throw asTwinlensError(error, dataSetBin())
  }
  return binned
}

/**
 * Brings it back. Where the same images were imported again meanwhile, those stay: they are the same to the last pixel.
 * @returns its id @throws invalid-input, bad-file
 */
export async function restoreDataSet(binned: string): Promise<string> {
  const id = readName(binned)?.id
  const from = join(dataSetBin(), binned)
  if (id === undefined || !existsSync(from))
    throw invalidInput(`There is no data set "${binned}" in the bin.`)
  const to = join(libraryFolder(), id)
  try {
    await mkdir(libraryFolder(), { recursive: true })
    if (existsSync(to)) await rm(from, { recursive: true })
    else await rename(from, to)
  } catch (error) {
    throw asTwinlensError(error, to)
  }
  return id
}

/** What lies in the bin, removed last first. */
export async function binnedDataSets(): Promise<BinnedDataSet[]> {
  const names = existsSync(dataSetBin()) ? await readdir(dataSetBin()) : []
  const found = names.map(async (binned): Promise<BinnedDataSet[]> => {
    const read = readName(binned)
    if (read === undefined) return []
    const folder = join(dataSetBin(), binned)
    return [{ binned, folder, ...read, name: await nameIn(folder, read.id) }]
  })
  return (await Promise.all(found)).flat().toSorted((a, b) => (a.binned < b.binned ? 1 : -1))
}

/** One of several of the same images, removed in the same moment, has a number after its id. */
function readName(binned: string): { readonly id: string; readonly deleted: string } | undefined {
  const { name, deleted } = readBinnedName(binned) ?? {}
  const id = /^([0-9a-f]{64})(?: \(\d+\))?$/.exec(name ?? '')?.[1]
  return id === undefined || deleted === undefined ? undefined : { id, deleted }
}

async function nameIn(folder: string, otherwise: string): Promise<string> {
  try {
    return nameFileSchema.parse(JSON.parse(await readFile(join(folder, dataSetFiles.name), 'utf8'))).name
  } catch {
    return otherwise // a damaged one can be thrown away too
  }
}

/** Deletes for good what lies in the bin. @returns how many data sets that were @throws bad-file */
export async function emptyDataSetBin(): Promise<number> {
  const all = await binnedDataSets()
  try {
    for (const { folder } of all) await rm(folder, { recursive: true, force: true })
  } catch (error) {
    throw asTwinlensError(error, dataSetBin())
  }
  return all.length
}
