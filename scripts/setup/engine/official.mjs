import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupError } from '../failure.mjs'
import { sha256 } from '../files.mjs'
import { logPath, say } from '../log.mjs'
import { tensorflowPackage } from '../paths.mjs'
import { bindingFile, bindingVersion, compileBinding } from './binding.mjs'
import { cachedEngine } from './cache.mjs'
import { requireAnswer } from './download-address.mjs'
import { askForAddress, installInto, mirrorSettings } from './install-script.mjs'

const passedOver = 'The official TensorFlow library was passed over'

/**
 * The library that TensorFlow.js itself installs, by its own install script.
 * @returns {Promise<string>} the engine's folder in the cache
 * @throws SetupError: why it cannot be had
 */
export async function makeOfficialEngine() {
  const script = readFileSync(join(tensorflowPackage, 'scripts', 'install.js'))
  const source = sha256(`${sha256(script)} ${mirrorSettings().join(' ')}`).slice(0, 12)
  return cachedEngine(
    `official-${process.platform}-${process.arch}-${source}-${bindingVersion()}`,
    makeEngine,
  )
}

/** @param {string} folder */
async function makeEngine(folder) {
  const scratch = join(folder, 'scratch')
  const address = await askForAddress(scratch)
  if (address === undefined) {
    throw new SetupError(`${passedOver}: there is none for ${process.platform} on ${process.arch}.`)
  }
  await requireAnswer(address, passedOver)
  say('Downloading the official TensorFlow library (up to 600 MB) ...')
  await installInto(scratch)
  const libraries = join(scratch, 'deps', 'lib')
  if (!existsSync(libraries) || !readdirSync(libraries).some(name => name.includes('tensorflow'))) {
    throw new SetupError(`${passedOver}: its download failed. Details: ${logPath()}`)
  }
  await takeBinding(scratch, folder)
  mkdirSync(join(folder, 'deps'))
  renameSync(libraries, join(folder, 'deps', 'lib'))
  // Windows looks beside the binding; the script leaves the library where Windows does not look.
  const dll = join(folder, 'deps', 'lib', 'tensorflow.dll')
  if (existsSync(dll)) copyFileSync(dll, join(folder, dirname(bindingFile), 'tensorflow.dll'))
  rmSync(scratch, { recursive: true, force: true })
}

/** The prebuilt binding where the script got one, otherwise compiled. @param {string} scratch @param {string} folder */
async function takeBinding(scratch, folder) {
  const built = join(scratch, bindingFile)
  // What is published is for x86-64, whatever processor asks.
  if (existsSync(built) && process.arch === 'x64') {
    mkdirSync(dirname(join(folder, bindingFile)), { recursive: true })
    renameSync(built, join(folder, bindingFile))
    return
  }
  if (process.platform === 'win32') {
    throw new SetupError(
      `${passedOver}: there is no prebuilt binding for this machine. Details: ${logPath()}`,
    )
  }
  await compileBinding({
    folder,
    include: join(scratch, 'deps', 'include'),
    libraries: join(scratch, 'deps', 'lib'),
    link: ['-ltensorflow', '-ltensorflow_framework'],
  })
}
