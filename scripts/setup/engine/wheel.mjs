import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupError } from '../failure.mjs'
import { sha256 } from '../files.mjs'
import { logPath, say } from '../log.mjs'
import { run } from '../run.mjs'
import { bindingVersion, compileBinding, compileQuietLog, requireCompiler } from './binding.mjs'
import { cachedEngine } from './cache.mjs'
import { downloadWheel } from './download-wheel.mjs'
import { requirePython } from './python.mjs'

/** @typedef {{ name: string, version: string, file: string, bytes: number, sha256: string }} Wheel */

const here = dirname(fileURLToPath(import.meta.url))

/**
 * TensorFlow's Python wheel holds the whole C library. `cuda` adds NVIDIA's libraries: of those that the wheel names
 * (extra "and-cuda"), all but the profiler (cupti), several GPUs at once (nccl) and the compiler (nvcc).
 * @type {{ tensorflow: string, cpu: Wheel[], cuda: Wheel[] }}
 */
const wheels = JSON.parse(readFileSync(join(here, 'wheels.json'), 'utf8'))

/** Beside each other, so that they find each other wherever the folder lies. */
const libraryFolder = 'lib/napi-v8'
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/**
 * @param {'cpu' | 'cuda'} flavour
 * @returns {Promise<string>} the engine's folder in the cache
 * @throws SetupError: why it cannot be had
 */
export async function makeWheelEngine(flavour) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      "TensorFlow's Python wheel was passed over: only the one for Linux on x86-64 is known to hold the libraries.",
    )
  }
  requireGlibc()
  const list = wheels[flavour]
  const content = sha256(list.map(wheel => wheel.sha256).join()).slice(0, 12)
  const key = `wheel-${flavour}-${wheels.tensorflow}-linux-x64-${content}-${bindingVersion()}`
  return cachedEngine(key, folder => makeEngine(list, folder))
}

/** Before 274 MB are downloaded that could not be loaded. */
function requireGlibc() {
  const { header } = /** @type {any} */ (process.report.getReport())
  const [major = 0, minor = 0] = String(header.glibcVersionRuntime ?? '')
    .split('.')
    .map(Number)
  if (major > 2 || (major === 2 && minor >= 27)) return
  throw new SetupError(
    "TensorFlow's Python wheel was passed over: it needs a Linux with glibc 2.27 or newer.",
  )
}

/** @param {Wheel[]} list @param {string} folder */
async function makeEngine(list, folder) {
  requireCompiler()
  const python = await requirePython()
  for (const wheel of list) {
    const file = await downloadWheel(python, wheel)
    say(`Unpacking ${wheel.name} ...`)
    const { ok } = await run(python, [join(here, 'unpack_wheel.py'), file, folder, libraryFolder])
    if (!ok)
      throw new SetupError(
        `TensorFlow was passed over: ${wheel.file} could not be unpacked. Details: ${logPath()}`,
      )
  }
  const include = join(folder, 'include')
  const folderOfLibraries = join(folder, libraryFolder)
  const quietLog = await compileQuietLog(folderOfLibraries)
  const link = ['-Wl,--no-as-needed', ...libraries.map(name => `-l:${name}`), quietLog]
  await compileBinding({ folder, include, libraries: folderOfLibraries, link })
  rmSync(include, { recursive: true })
}
