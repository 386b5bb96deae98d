import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from '../files.mjs'
import { root, tensorflowPackage } from '../paths.mjs'
import { findCompiler, findPython, hasNvidiaDriver } from './which.mjs'

/**
 * What set-up installed and why nothing better: the engine's backend report shows the reasons to the person.
 * @typedef {object} EngineRecord
 * @property {import('../arguments.mjs').Rung} rung
 * @property {boolean} forced by --engine
 * @property {string | null} tensorflow TensorFlow's version as the loaded library says it; null for WebAssembly
 * @property {string | null} engine its folder's name in the cache
 * @property {string[]} reasons a sentence for each better rung
 * @property {{ path: string, bytes: number, mtimeMs: number }[]} files in the TensorFlow package
 * @property {{ python: boolean, compiler: boolean, nvidia: boolean }} machine what the rungs depend on
 * @property {string} made ISO time
 */

const path = join(root, 'build', 'engine.json')
const dayMs = 86_400_000

/** @returns {EngineRecord | undefined} */
export const readRecord = () => readJson(path)

export const removeRecord = () => rmSync(path, { force: true })

/** @param {Omit<EngineRecord, 'machine' | 'made'>} record */
export function writeRecord(record) {
  writeJson(path, { ...record, machine: machine(), made: new Date().toISOString() })
}

/**
 * Whether the engine that was verified is still in place, and, without a forced rung, still what the ladder would choose.
 * @param {import('../arguments.mjs').Rung | undefined} forced
 */
export function engineIsCurrent(forced) {
  const record = readRecord()
  if (record === undefined || !isInPlace(record)) return false
  if (forced !== undefined) return record.rung === forced
  return record.forced || !isWorthAnotherTry(record)
}

/** @param {EngineRecord} record */
export const isInPlace = record => record.files.every(isUnchanged)

/** What stood in the way may be gone: a compiler installed, a driver, and once a day perhaps a network. @param {EngineRecord} record */
function isWorthAnotherTry({ rung, machine: then, made }) {
  const now = machine()
  if (now.nvidia && !then.nvidia) return true
  if (rung !== 'wasm') return false
  return now.python !== then.python || now.compiler !== then.compiler || Date.now() - Date.parse(made) > dayMs
}

/** @param {string} file its path in the TensorFlow package */
export function describeFile(file) {
  const { size, mtimeMs } = statSync(join(tensorflowPackage, file))
  return { path: file, bytes: size, mtimeMs }
}

/** @param {EngineRecord['files'][number]} file */
function isUnchanged(file) {
  const now = statSync(join(tensorflowPackage, file.path), { throwIfNoEntry: false })
  return now?.size === file.bytes && now.mtimeMs === file.mtimeMs
}

const machine = () => ({
  python: findPython() !== undefined,
  compiler: findCompiler() !== undefined,
  nvidia: hasNvidiaDriver(),
})
