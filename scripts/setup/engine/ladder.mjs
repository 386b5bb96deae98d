import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { explain, SetupError } from '../failure.mjs'
import { say } from '../log.mjs'
import { modules, tensorflowPackage } from '../paths.mjs'
import { linkEngine, unlinkEngine } from './link.mjs'
import { makeOfficialEngine } from './official.mjs'
import { describeFile, engineIsCurrent, isInPlace, readRecord, removeRecord, writeRecord } from './record.mjs'
import { loadEngine } from './verify.mjs'
import { makeWheelEngine } from './wheel.mjs'
import { hasNvidiaDriver } from './which.mjs'

/** @typedef {{ rung: import('../arguments.mjs').Rung, make: () => Promise<string> }} Step make: the engine's folder in the cache */

/** Best first. @returns {Step[]} */
function nativeSteps() {
  /** @type {Step[]} */
  const steps = [{ rung: 'official', make: makeOfficialEngine }]
  if (hasNvidiaDriver()) steps.push({ rung: 'wheel', make: () => makeWheelEngine('cuda') })
  steps.push({ rung: 'wheel', make: () => makeWheelEngine('cpu') })
  return steps
}

/**
 * Climbs down to the best engine that can be had here and was seen to compute.
 * @param {import('../arguments.mjs').Rung | undefined} forced only this rung
 * @throws SetupError: the forced rung cannot be had
 */
export async function installEngine(forced) {
  if (engineIsCurrent(forced)) return
  /** @type {string[]} */
  const reasons = []
  for (const step of nativeSteps()) {
    if (forced !== undefined && forced !== step.rung) continue
    try {
      await install(step, forced !== undefined, reasons)
      return
    } catch (error) {
      const reason = explain(error)
      reasons.push(reason)
      say(reason)
    }
  }
  if (forced !== undefined && forced !== 'wasm') {
    throw new SetupError(
      `The ${forced} TensorFlow engine could not be installed. What was there before is left as it was.`,
    )
  }
  if (forced === undefined && keepInstalled()) return
  useWasm(forced !== undefined, reasons)
}

/** @param {Step} step @param {boolean} forced @param {string[]} reasons */
async function install({ rung, make }, forced, reasons) {
  if (!existsSync(join(tensorflowPackage, 'package.json'))) {
    throw new SetupError(
      'The package @tensorflow/tfjs-node-gpu is not installed. Remove node_modules and run set-up again.',
    )
  }
  const folder = await make()
  const before = readRecord()
  // No record while the files change: a run that is killed here is done again by the next.
  removeRecord()
  const link = linkEngine(folder)
  try {
    const { tensorflow, gpu } = await loadEngine()
    link.keep()
    writeRecord({ rung, forced, tensorflow, engine: link.name, reasons, files: link.files.map(describeFile) })
    say(`TensorFlow ${tensorflow} is installed${gpu ? ' and computes on the GPU' : ''}.`)
  } catch (error) {
    link.undo()
    if (before !== undefined) writeRecord(before)
    throw error
  }
}

/** A better engine was looked for and not found: the verified one that is there is still better than none. */
function keepInstalled() {
  const record = readRecord()
  if (record === undefined || record.rung === 'wasm' || !isInPlace(record)) return false
  writeRecord(record)
  say(`TensorFlow ${record.tensorflow}, which is installed, stays.`)
  return true
}

/** @param {boolean} forced @param {string[]} reasons */
function useWasm(forced, reasons) {
  if (!existsSync(join(modules, '@tensorflow', 'tfjs-backend-wasm', 'package.json'))) {
    throw new SetupError(
      'The package @tensorflow/tfjs-backend-wasm is not installed. Remove node_modules and run set-up again.',
    )
  }
  removeRecord()
  unlinkEngine()
  const all = forced ? ['WebAssembly was asked for with --engine wasm.'] : reasons
  writeRecord({ rung: 'wasm', forced, tensorflow: null, engine: null, reasons: all, files: [] })
  say(
    forced
      ? 'TensorFlow.js computes with WebAssembly, as asked. "npm run setup -- --engine wheel" installs TensorFlow.'
      : 'So TensorFlow.js computes with WebAssembly: slower, same results. "npm run setup -- --engine wheel" tries again.',
  )
}
