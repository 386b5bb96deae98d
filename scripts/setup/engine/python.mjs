import { SetupError } from '../failure.mjs'
import { run } from '../run.mjs'
import { findPython } from './which.mjs'

/**
 * A Python whose pip can fetch a wheel for another Python than itself.
 * @returns {Promise<string>}
 * @throws SetupError: there is none
 */
export async function requirePython() {
  const python = findPython()
  if (python === undefined) {
    throw new SetupError(
      "TensorFlow's Python wheel was passed over: there is no Python 3, whose pip would download it.",
    )
  }
  const { ok, stdout } = await run(python, ['-m', 'pip', '--version'], { limitMs: 60_000 })
  if (!ok || !stdout.includes('python 3')) {
    throw new SetupError(
      `TensorFlow's Python wheel was passed over: ${python} has no working pip to download it with.`,
    )
  }
  return python
}
