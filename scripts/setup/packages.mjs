import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './failure.mjs'
import { readJson, sha256, writeJson } from './files.mjs'
import { logPath, say } from './log.mjs'
import { npm } from './npm.mjs'
import { modules, root } from './paths.mjs'

/** Inside node_modules, so that it goes when they go. */
const stamp = join(modules, '.twinlens-setup.json')
const lockfile = join(root, 'package-lock.json')
// Without scripts: npm removes an optional package whose script fails, and TensorFlow's fails where its download does,
// taking the sources along that the next rung of the ladder compiles.
const options = [
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--loglevel=notice',
  '--no-audit',
  '--no-fund',
]

export const packagesAreCurrent = () => readJson(stamp)?.wanted === wanted()

/** @param {import('./lock.mjs').Lock} lock */
export async function installPackages(lock) {
  if (packagesAreCurrent()) return
  if (!installedByHand()) {
    refuseToReplaceOurselves()
    say('Installing the packages ...')
    if (!(await install(lock))) {
      throw new SetupError(
        `The packages could not be installed. Is this machine online, and is npm's cache intact? Details: ${logPath()}`,
      )
    }
  }
  writeJson(stamp, { wanted: wanted() })
}

/** @param {import('./lock.mjs').Lock} lock */
async function install(lock) {
  const clean = await npm(['ci', ...options], lock)
  if (!lacksOnlyForeignPackages(clean)) return clean.ok
  // As `npm ci` would have done: npm takes a package that an interrupted run left half unpacked for whole.
  rmSync(modules, { recursive: true, force: true })
  const { ok } = await npm(['install', '--no-save', ...options], lock)
  return ok
}

/**
 * Whether `npm ci` refused only because the lockfile lists no version of some optional packages: a registry that does not
 * carry those for other machines makes npm write such lockfiles. `npm install` keeps to the same lockfile and lets it pass.
 * @param {import('./run.mjs').Outcome} outcome
 */
function lacksOnlyForeignPackages({ ok, output }) {
  const complaints = output.match(/^npm (error|ERR!) (Missing|Invalid): .*$/gm) ?? []
  return !ok && complaints.length > 0 && complaints.every(line => / Missing: \S+@ from lock file$/.test(line))
}

/** A hash of what has to be installed: the lockfile, and what package.json asks for. */
function wanted() {
  const file = readJson(join(root, 'package.json')) ?? {}
  const fields = [file.dependencies, file.optionalDependencies, file.devDependencies, file.overrides]
  return sha256(`${sha256(readFileSync(lockfile))} ${JSON.stringify(fields)}`)
}

/**
 * Whether someone's own `npm install` brought all that the lockfile lists. npm writes what it installed to a lockfile
 * inside node_modules when it is done, so this spares a full install after every `npm install something`.
 */
function installedByHand() {
  const installed = readJson(join(modules, '.package-lock.json'))?.packages
  const listed = readJson(lockfile)?.packages
  if (installed === undefined || listed === undefined) return false
  // Optional ones may be for other machines; those that we name ourselves may not be missing.
  const ours = Object.keys(listed['']?.optionalDependencies ?? {}).map(name => `node_modules/${name}`)
  return Object.entries(listed).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true
    const present = installed[path]
    if (present === undefined) return optional === true && !ours.includes(path)
    return present.version === version && present.integrity === integrity && existsSync(join(root, path))
  })
}

/** Windows keeps a running program's file: npm could not replace the Node that runs this. */
function refuseToReplaceOurselves() {
  if (process.platform !== 'win32' || !process.execPath.startsWith(modules)) return
  throw new SetupError('The packages have changed. Run "node scripts/setup.mjs" once, outside an npm script.')
}
