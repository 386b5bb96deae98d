import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupError } from '../failure.mjs'
import { logPath } from '../log.mjs'
import { node24 } from '../node24.mjs'
import { modules, root } from '../paths.mjs'
import { run } from '../run.mjs'

const script = join(dirname(fileURLToPath(import.meta.url)), 'load-check.cjs')

/**
 * Loads the engine that is linked, in a process of its own because a library that does not fit ends its process.
 * @returns {Promise<{ tensorflow: string, gpu: boolean }>}
 */
export async function loadEngine() {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '1' }
  const { ok, stdout, signal, late } = await run(node24(), [script, modules], {
    cwd: root,
    env,
    limitMs: 120_000,
  })
  const answer = /^loaded (.*)$/m.exec(stdout)?.[1]
  if (ok && answer !== undefined) return JSON.parse(answer)
  throw new SetupError(
    `The TensorFlow library does not run here: ${whyNot(signal, late)}. Details: ${logPath()}`,
  )
}

/** @param {NodeJS.Signals | null} signal @param {boolean} late */
function whyNot(signal, late) {
  if (late) return 'it did not answer within two minutes'
  if (signal === 'SIGILL') return 'this processor lacks instructions that it needs (AVX)'
  if (signal !== null) return `it ended with ${signal}`
  return 'it could not be loaded'
}
