import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ImportOptions } from '../../../../../shared/contract/data.ts'
import { badFile } from '../../../../../shared/errors.ts'
import { listDataSets, readMeta } from '../../library/data-set-library.ts'

/**
 * Tells whether a source may have changed without reading it: over each file's path, size and time of change, and the
 * options. A table of labels alone means the pictures beside it, so its folder counts.
 */
export async function sourceKey(
  paths: readonly string[],
  options: ImportOptions,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ ...options, name: '' }))
  for (const path of paths) {
    const whole = resolve(path)
    const isText = paths.length === 1 && /\.(csv|tsv|txt)$/i.test(whole)
    await addTo(hash, isText ? dirname(whole) : whole, signal)
  }
  return hash.digest('hex')
}

async function addTo(hash: ReturnType<typeof createHash>, path: string, signal: AbortSignal): Promise<void> {
  const about = await stat(path).catch(error => {
    throw badFile(path, 'there is no such file or folder, or it cannot be read.', error)
  })
  if (!about.isDirectory()) {
    hash.update(JSON.stringify([path, about.size, about.mtimeMs]))
    return
  }
  const found = await readdir(path, { recursive: true, withFileTypes: true })
  const files = found
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  for (let from = 0; from < files.length; from += 64) {
    signal.throwIfAborted()
    const some = files.slice(from, from + 64)
    const stats = await Promise.all(some.map(file => stat(file)))
    stats.forEach(({ size, mtimeMs }, i) => {
      hash.update(JSON.stringify([some[i], size, mtimeMs]))
    })
  }
}

/** The data set that was made of the same source with the same options; undefined for none. */
export async function importedBefore(key: string): Promise<string | undefined> {
  for (const { id, fault } of await listDataSets()) {
    if (fault === null && (await readMeta(id)).sourceKey === key) return id
  }
  return undefined
}
