import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'

/**
 * Makes a folder that appears whole or not at all: it is filled under a temporary name beside its place, brought to
 * the disk, and renamed. Whatever goes wrong, nothing half-written is left.
 * @throws invalid-input: the folder exists; disk-full; bad-file: it cannot be written there
 */
export async function createFolderAtomically(
  folder: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const temporary = await beginFolder(folder)
  try {
    await fill(temporary)
    for (const name of await readdir(temporary)) await sync(join(temporary, name))
    await sync(temporary)
    assertFree(folder)
    await rename(temporary, folder)
    await sync(dirname(folder))
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw asTwinlensError(error, folder)
  }
}

/**
 * Whether a folder can be made there, found out by making its temporary one: a long training should not learn at its
 * end that it cannot be saved.
 * @throws as `createFolderAtomically`
 */
export async function assertCreatable(folder: string): Promise<void> {
  await rm(await beginFolder(folder), { recursive: true })
}

async function beginFolder(folder: string): Promise<string> {
  assertFree(folder)
  const temporary = `${folder}.tmp-${process.pid}`
  try {
    // What an interrupted process of the same number may have left.
    await rm(temporary, { recursive: true, force: true })
    await mkdir(temporary, { recursive: true })
  } catch (error) {
    throw asTwinlensError(error, folder)
  }
  return temporary
}

/** @throws invalid-input */
export function assertFree(folder: string): void {
  if (existsSync(folder))
    throw invalidInput(`${folder} exists already. Choose another place; nothing was changed.`)
}

/** Brings a file's or folder's content to the disk, so that the rename never arrives before it. */
async function sync(path: string): Promise<void> {
  // Windows cannot open a folder; its rename is journalled.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** An error of the file system in words. */
export function asTwinlensError(error: unknown, path: string): TwinlensError {
  if (error instanceof TwinlensError) return error
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new TwinlensError('disk-full', `${path} could not be saved: the disk is full.`, { cause: error })
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new TwinlensError('bad-file', `${path} could not be saved (${reason}).`, { cause: error })
}
