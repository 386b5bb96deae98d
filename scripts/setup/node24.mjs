import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './failure.mjs'
import { logPath, say } from './log.mjs'
import { npm } from './npm.mjs'
import { modules } from './paths.mjs'

const major = 24
const program = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The Node that Electron embeds, which the npm package `node` brings: engine, command line and tests run on it. */
export function node24() {
  return existsSync(program) ? program : process.execPath
}

export function nodeIsCurrent() {
  const { stdout } = spawnSync(node24(), ['-v'], { encoding: 'utf8' })
  return Number.parseInt((stdout ?? '').slice(1), 10) >= major
}

/** @param {import('./lock.mjs').Lock} lock */
export async function installNode(lock) {
  if (nodeIsCurrent()) return
  say(`Installing Node ${major} ...`)
  // The package's own install script, which `npm ci --ignore-scripts` left out, fetches the program.
  const { ok } = await npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], lock)
  if (!ok || !nodeIsCurrent()) {
    throw new SetupError(
      `Node ${major} could not be installed; this is Node ${process.versions.node}. Is this machine online? ` +
        `With Node ${major} or newer already installed, set-up needs no download for it. Details: ${logPath()}`,
    )
  }
}
