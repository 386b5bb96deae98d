import { spawn } from 'node:child_process'
import { log } from './log.mjs'
import { endTree, endWithUs } from './signals.mjs'

/**
 * @typedef {object} Outcome
 * @property {boolean} ok exit status 0
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {boolean} late it was ended at its time limit
 * @property {string} stdout
 * @property {string} output stdout and stderr, in the order they came
 */

/**
 * Runs a command to its end; what it prints goes to the log. Never rejects: a command that cannot be started is not ok.
 * @param {string} command
 * @param {string[]} words
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number, shell?: boolean, started?: (pid: number) => void }} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, words, { cwd, env, limitMs = 600_000, shell = false, started } = {}) {
  log(`$ ${[command, ...words].join(' ')}`)
  return new Promise(done => {
    const child = spawn(command, words, {
      cwd,
      env: env ?? process.env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    endWithUs(child)
    if (child.pid !== undefined) started?.(child.pid)
    const out = { stdout: '', output: '' }
    let late = false
    const limit = setTimeout(() => {
      late = true
      endTree(child)
    }, limitMs)
    child.stdout.on('data', text => {
      out.stdout += text
      out.output += text
    })
    child.stderr.on('data', text => {
      out.output += text
    })
    const finish = (/** @type {number | null} */ code, /** @type {NodeJS.Signals | null} */ signal) => {
      clearTimeout(limit)
      log(`${out.output}\n[exit ${code ?? signal}${late ? ', time limit' : ''}]`)
      done({ ok: code === 0, code, signal, late, ...out })
    }
    child.once('error', error => {
      out.output += String(error)
      finish(null, null)
    })
    child.once('close', finish)
  })
}
