import { spawnSync } from 'node:child_process'

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set()
/** @type {Set<() => void>} */
const cleanups = new Set()

/** @param {import('node:child_process').ChildProcess} child */
export function endWithUs(child) {
  children.add(child)
  child.once('close', () => children.delete(child))
}

/** Runs `undo` if set-up is interrupted. @param {() => void} undo @returns {() => void} call it to forget `undo` */
export function onInterrupt(undo) {
  cleanups.add(undo)
  return () => cleanups.delete(undo)
}

/** Ends a command with all that it started: on POSIX each is a process group of its own. */
export function endTree(/** @type {import('node:child_process').ChildProcess} */ child) {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

export function stopOnSignals() {
  const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.on(signal, () => {
      for (const child of children) endTree(child)
      for (const undo of cleanups) undo()
      console.error('Set-up was interrupted. The next run goes on from what is finished.')
      process.exit(code)
    })
  }
}
