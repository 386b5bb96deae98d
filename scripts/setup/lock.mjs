import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from './failure.mjs'
import { readJson, temporaryBeside, writeJson } from './files.mjs'
import { say } from './log.mjs'
import { onInterrupt } from './signals.mjs'

const heartbeatMs = 5_000
/** A holder on another machine (a shared home folder) is known only by its heartbeat. */
const silentMs = 60_000
const patienceMs = 45 * 60_000

/** @typedef {{ alsoHeldBy: (pid: number) => void }} Lock */

/**
 * Runs `work` while no other set-up holds the same lock. A lock whose holder died is taken over at once.
 * @template T
 * @param {string} path
 * @param {(lock: Lock) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  const holders = [identify(process.pid)]
  const since = Date.now()
  let told = false
  while (!tryToTake(path, holders)) {
    if (!isHeld(path)) continue
    if (Date.now() - since > patienceMs) {
      throw new SetupError(`Another set-up has been at work for too long. If none is, remove ${path}`)
    }
    if (!told) say('Another set-up is at work; waiting for it to finish ...')
    told = true
    await sleep(200)
  }
  const beat = setInterval(() => touch(path), heartbeatMs)
  const release = () => rmSync(path, { force: true })
  const forget = onInterrupt(release)
  try {
    return await work({
      // npm goes on after its set-up was killed: until it ends, nobody else may touch node_modules.
      alsoHeldBy: pid => {
        holders.push(identify(pid))
        writeJson(path, { host: hostname(), holders })
      },
    })
  } finally {
    clearInterval(beat)
    forget()
    release()
  }
}

/** @param {string} path @param {string[]} holders */
function tryToTake(path, holders) {
  try {
    writeFileSync(path, JSON.stringify({ host: hostname(), holders }), { flag: 'wx' })
    return true
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
  }
  if (isHeld(path)) return false
  // Renamed before it is removed: of several that find the same dead lock, one gets it.
  const seen = readText(path)
  const aside = temporaryBeside(path)
  try {
    renameSync(path, aside)
    if (readText(aside) !== seen) renameSync(aside, path)
  } catch {
    // Another one was faster.
  }
  rmSync(aside, { force: true })
  return false
}

/** @param {string} path */
function isHeld(path) {
  const lock = readJson(path)
  const silent = silentFor(path)
  // Unreadable: its holder is just writing it, or died while it did.
  if (!Array.isArray(lock?.holders)) return silent < heartbeatMs
  if (lock.host !== hostname()) return silent < silentMs
  return lock.holders.some((/** @type {string} */ holder) => holder === identify(Number.parseInt(holder, 10)))
}

/** A process, told apart from a later one with the same number where the system says when it started. @param {number} pid */
function identify(pid) {
  if (process.platform === 'linux') {
    const fields = readText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
    const isZombie = fields[0] === 'Z'
    return isZombie || fields.length < 20 ? 'none' : `${pid}:${fields[19]}`
  }
  try {
    process.kill(pid, 0)
    return `${pid}`
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? `${pid}` : 'none'
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** @param {string} path */
function silentFor(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Someone removed it by hand; the work goes on.
  }
}
