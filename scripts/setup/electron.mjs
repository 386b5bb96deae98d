import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeJson } from './files.mjs'
import { logPath, say } from './log.mjs'
import { node24 } from './node24.mjs'
import { modules, root } from './paths.mjs'
import { run } from './run.mjs'

const home = join(modules, 'electron')
const record = join(root, 'build', 'electron-program.json')
const dayMs = 86_400_000
/** A slow line takes a while for some 120 MB. */
const limitMs = 900_000

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
const program = programs[process.platform] ?? 'electron'

/**
 * The Electron to show the window with, or a sentence why there is none.
 * @returns {{ program: string, reason?: undefined } | { program?: undefined, reason: string }}
 */
export function findElectron() {
  const { ELECTRON_OVERRIDE_DIST_PATH: chosen } = process.env
  const path = join(chosen || join(home, 'dist'), program)
  if (!existsSync(path)) {
    const reason = chosen
      ? `ELECTRON_OVERRIDE_DIST_PATH names ${chosen}, which holds no Electron.`
      : readJson(record)?.reason
    return { reason: reason ?? 'Electron is not installed. "npm run setup" installs it.' }
  }
  const needed = majorOf(readJson(join(home, 'package.json'))?.version ?? '')
  const found = majorOf(readVersion(chosen || join(home, 'dist')))
  if (found < needed) {
    return { reason: `Twinlens needs Electron ${needed}; the one in ${chosen} is ${found}.` }
  }
  return { program: path }
}

/** One that could not be had is tried once a day. */
export function electronIsCurrent() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH || findElectron().program !== undefined) return true
  return Date.now() - Date.parse(readJson(record)?.tried ?? '1970') < dayMs
}

/** Electron's own script downloads its program. Without it the window opens in a browser: no failure of set-up. */
export async function installElectron() {
  if (electronIsCurrent()) return
  say('Downloading Electron (about 120 MB) ...')
  const { ok } = await run(node24(), [join(home, 'install.js')], { cwd: home, limitMs })
  if (ok && findElectron().program !== undefined) return
  const reason = 'Electron could not be downloaded.'
  writeJson(record, { reason, tried: new Date().toISOString() })
  say(`${reason} The window will open in your browser. Details: ${logPath()}`)
}

/** A development build may lack the file: whoever names one knows it. @param {string} folder */
function readVersion(folder) {
  const file = join(folder, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8') : 'v999'
}

/** @param {string} version */
const majorOf = version => Number.parseInt(version.trim().replace(/^v/, ''), 10)
