import { open, rename, rm } from 'node:fs/promises'
import { asTwinlensError } from './atomic-folder.ts'

/** Writes a file whole or not at all: what was there before stays until the new one is complete. @throws disk-full, bad-file */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.tmp-${process.pid}`
  try {
    const file = await open(beside, 'w')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined) // where it cannot even be looked for, it was never made
    throw asTwinlensError(error, path)
  }
}
