import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { node24 } from '../node24.mjs'
import { modules, tensorflowPackage } from '../paths.mjs'
import { run } from '../run.mjs'

const needed = ['package.json', 'binding.gyp', 'binding', 'scripts']
const downloadLimitMs = 20 * 60_000
const noNodeGyp = join(dirname(fileURLToPath(import.meta.url)), 'no-node-gyp.cjs')

/** What the script honours to download from elsewhere. */
export const mirrorSettings = () =>
  ['TFJS_NODE_CDN_STORAGE', 'CDN_STORAGE', 'TFJS_NODE_BASE_URI'].flatMap(name => [
    process.env[name] ?? '',
    process.env[`npm_config_${name}`] ?? '',
  ])

/**
 * The address that the package's install script would download from, as it prints it: run with its download left out.
 * @param {string} scratch a folder to make and leave empty of everything but a copy of the package
 * @returns {Promise<string | undefined>} undefined: nothing is published for this machine
 */
export async function askForAddress(scratch) {
  copyPackage(scratch)
  writeFileSync(join(scratch, 'scripts', 'resources.js'), 'exports.downloadAndUnpackResource = () => {}\n')
  const { stdout } = await runScript(scratch, 60_000)
  return /^https?:\/\/\S+$/m.exec(stdout)?.[0]
}

/** Downloads library and binding into the copy. The script's exit status says little: see what lies there after it. @param {string} scratch */
export async function installInto(scratch) {
  copyPackage(scratch)
  await runScript(scratch, downloadLimitMs)
}

/** A copy, because the script empties and fills the package's own folders. @param {string} scratch */
function copyPackage(scratch) {
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  for (const name of needed) cpSync(join(tensorflowPackage, name), join(scratch, name), { recursive: true })
  symlinkSync(modules, join(scratch, 'node_modules'), 'junction')
}

/** @param {string} scratch @param {number} limitMs */
function runScript(scratch, limitMs) {
  const path = [dirname(node24()), join(modules, '.bin'), process.env.PATH].join(delimiter)
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: path }
  // Where no prebuilt binding is had, node-gyp would first download Node's headers: our compiler call needs none.
  if (process.platform !== 'win32' && existsSync(noNodeGyp)) env.npm_config_node_gyp = noNodeGyp
  return run(node24(), ['scripts/install.js', 'gpu', 'download'], { cwd: scratch, env, limitMs })
}
