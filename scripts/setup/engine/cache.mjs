import { existsSync, lstatSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolderWhole, readJson, sha256OfFile, sweep, writeJson } from '../files.mjs'
import { withLock } from '../lock.mjs'
import { say } from '../log.mjs'
import { cacheFolder } from '../paths.mjs'

/** @typedef {Record<string, { bytes: number, sha256: string } | { link: string }>} Manifest */

const manifestName = 'manifest.json'
export const downloadsFolder = () => join(cacheFolder(), 'downloads')
const enginesFolder = () => join(cacheFolder(), 'engines')

/**
 * The engine of this key: from the cache where it is there whole, otherwise made, once for all clones.
 * @param {string} key
 * @param {(folder: string) => Promise<void>} make fills a folder as it shall lie in the TensorFlow package
 * @returns {Promise<string>} its folder
 */
export async function cachedEngine(key, make) {
  const folder = join(enginesFolder(), key)
  if (await isWhole(folder)) return folder
  return withLock(join(cacheFolder(), 'setup.lock'), async () => {
    if (await isWhole(folder)) return folder
    if (existsSync(folder)) {
      say('The TensorFlow engine in the cache is damaged; it is made again.')
      rmSync(folder, { recursive: true, force: true })
    }
    sweep(enginesFolder())
    sweep(downloadsFolder())
    await makeFolderWhole(folder, async beside => {
      await make(beside)
      writeJson(join(beside, manifestName), await describe(beside))
    })
    return folder
  })
}

/** The engine's files, as paths with forward slashes. @param {string} folder */
export const engineFiles = folder => Object.keys(readManifest(folder) ?? {})

/** @param {string} folder @returns {Manifest | undefined} */
const readManifest = folder => readJson(join(folder, manifestName))

/** Reads every byte (850 MB in about a second): done when an engine is put into a clone, not at every start. @param {string} folder */
async function isWhole(folder) {
  const manifest = readManifest(folder)
  if (manifest === undefined) return false
  try {
    for (const [name, expected] of Object.entries(manifest)) {
      const now = await describeOne(join(folder, name))
      if (JSON.stringify(now) !== JSON.stringify(expected)) return false
    }
    return true
  } catch {
    return false
  }
}

/** @param {string} folder @returns {Promise<Manifest>} */
async function describe(folder) {
  /** @type {Manifest} */
  const manifest = {}
  for (const name of listFiles(folder, '')) manifest[name] = await describeOne(join(folder, name))
  return manifest
}

/** @param {string} path */
async function describeOne(path) {
  const status = lstatSync(path)
  if (status.isSymbolicLink()) return { link: readlinkSync(path) }
  return { bytes: status.size, sha256: await sha256OfFile(path) }
}

/** @param {string} folder @param {string} prefix @returns {string[]} */
function listFiles(folder, prefix) {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry =>
      entry.isDirectory() ? listFiles(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    )
}
