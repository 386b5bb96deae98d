import { createHash, randomBytes } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { onInterrupt } from './signals.mjs'

const mark = '.tmp-'

/** @param {string} path */
export async function sha256OfFile(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** @param {string | Buffer} content */
export const sha256 = content => createHash('sha256').update(content).digest('hex')

/** The parsed file; undefined where it is missing or damaged: a stamp that cannot be read is no stamp. @param {string} path */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whole or not at all: written beside, then renamed. @param {string} path @param {string | Buffer} content */
export function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = temporaryBeside(path)
  writeFileSync(beside, content)
  renameSync(beside, path)
}

/** @param {string} path @param {unknown} value */
export const writeJson = (path, value) => writeWhole(path, `${JSON.stringify(value, null, 2)}\n`)

/** An unused name beside `path`, on the same disk so that a rename is one step. @param {string} path */
export const temporaryBeside = path => `${path}${mark}${process.pid}-${randomBytes(4).toString('hex')}`

/**
 * Makes a folder whole or not at all: `fill` gets an empty folder beside it, which becomes `path` when it succeeds.
 * @param {string} path
 * @param {(folder: string) => Promise<void>} fill
 */
export async function makeFolderWhole(path, fill) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = temporaryBeside(path)
  const remove = () => rmSync(beside, { recursive: true, force: true })
  const forget = onInterrupt(remove)
  try {
    mkdirSync(beside)
    await fill(beside)
    rmSync(path, { recursive: true, force: true })
    renameSync(beside, path)
  } finally {
    remove()
    forget()
  }
}

/**
 * Removes what killed runs left behind. Only under the lock that everyone who writes to `folder` takes: then nothing
 * temporary there belongs to a live set-up.
 * @param {string} folder
 */
export function sweep(folder) {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (basename(name).includes(mark)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
