// Opens the window: in Electron where it can be had, otherwise in the person's browser, and says why.
// Arguments go to the one that opens: `npm start -- --port 8080`, `npm start -- picture.png`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findElectron } from './setup/electron.mjs'
import { node24 } from './setup/node24.mjs'
import { root } from './setup/paths.mjs'

const words = process.argv.slice(2)
/** An Electron that ends sooner than this, in ms, and not well, has not opened. */
const soonMs = 10_000

const { program, reason } = readyElectron()
if (program === undefined) await openBrowser(reason)
else {
  console.log('Twinlens opens in Electron.')
  const started = Date.now()
  const { code, signal } = await run(program, [join(root, 'build', 'electron', 'main.js'), ...words])
  if (code === 0) process.exitCode = 0
  else if (Date.now() - started > soonMs || signal === 'SIGINT' || signal === 'SIGTERM')
    process.exitCode = code ?? 1
  else await openBrowser(`Electron could not start (${signal ?? `exit code ${code}`}).`)
}

function readyElectron() {
  const { platform, env } = process
  const found = findElectron()
  if (found.program === undefined || platform !== 'linux') return found
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return { reason: 'There is no display for Electron here.' }
  // Chromium's sandbox cannot be had as root, and nobody should lose it without asking.
  if (process.getuid?.() === 0 && !words.includes('--no-sandbox')) {
    return { reason: 'Electron does not start as root.' }
  }
  return found
}

/** @param {string} reason */
async function openBrowser(reason) {
  console.log(`${reason} Twinlens opens in your browser.`)
  // Chromium's own switch means nothing to a browser that is there already.
  const rest = words.filter(word => word !== '--no-sandbox')
  const { code } = await run(node24(), [join(root, 'bin', 'twinlens.js'), 'open', ...rest])
  process.exitCode = code ?? 1
}

/**
 * Runs a program to its end. Ctrl-C reaches it too: what there is to save is its to save.
 * @param {string} command
 * @param {string[]} given
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function run(command, given) {
  return new Promise(done => {
    const child = spawn(command, given, { stdio: 'inherit' })
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    const keep = () => undefined
    process.on('SIGINT', keep)
    process.on('SIGTERM', pass)
    process.on('SIGHUP', pass)
    const finish = (/** @type {number | null} */ code, /** @type {NodeJS.Signals | null} */ signal) => {
      process.off('SIGINT', keep)
      process.off('SIGTERM', pass)
      process.off('SIGHUP', pass)
      done({ code, signal })
    }
    child.once('error', error => {
      console.error(`${command}: ${error.message}`)
      finish(127, null)
    })
    child.once('exit', finish)
  })
}
