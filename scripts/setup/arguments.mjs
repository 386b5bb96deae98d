import { SetupError } from './failure.mjs'

export const rungs = /** @type {const} */ (['official', 'wheel', 'wasm'])

/** @typedef {typeof rungs[number]} Rung */

const usage = `Usage: npm run setup [-- --engine ${rungs.join('|')}]`

/**
 * @param {string[]} words
 * @returns {{ engine: Rung | undefined }} engine: the rung that was asked for
 */
export function readArguments(words) {
  if (words.length === 0) return { engine: undefined }
  const [flag, value] = words.flatMap(word => word.split('='))
  const engine = rungs.find(rung => rung === value)
  if (flag !== '--engine' || engine === undefined || words.length > 2) {
    throw new SetupError(`Set-up does not understand "${words.join(' ')}". ${usage}`)
  }
  return { engine }
}
