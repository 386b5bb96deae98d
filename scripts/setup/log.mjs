import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './paths.mjs'

const logsKept = 10
let path = ''

/** What a person reads while it works: plain lines, also without a terminal. @param {string} sentence */
export function say(sentence) {
  console.log(sentence)
  log(sentence)
}

/** Details (what compilers and pip print), for whoever looks for the cause. @param {string} text */
export function log(text) {
  appendFileSync(logPath(), text.endsWith('\n') ? text : `${text}\n`)
}

/** This run's log file; made when first asked for, so that a run with nothing to do leaves none. */
export function logPath() {
  if (path === '') {
    const folder = join(cacheFolder(), 'logs')
    mkdirSync(folder, { recursive: true })
    path = join(folder, `setup-${new Date().toISOString().replaceAll(':', '.')}-${process.pid}.log`)
    const logs = readdirSync(folder).sort()
    for (const old of logs.slice(0, -logsKept)) rmSync(join(folder, old), { force: true })
  }
  return path
}
