import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sweep, temporaryBeside } from '../files.mjs'
import { tensorflowPackage } from '../paths.mjs'
import { onInterrupt } from '../signals.mjs'
import { engineFiles } from './cache.mjs'

/** Where the package's loader and its binding look: all that an engine consists of lies under these two. */
const parts = ['lib', 'deps']
const partPath = (/** @type {string} */ part) => join(tensorflowPackage, part)

/**
 * Puts an engine from the cache into the clone's TensorFlow package. The one that was there stays aside until `keep`.
 * @param {string} folder
 */
export function linkEngine(folder) {
  sweep(tensorflowPackage)
  const files = engineFiles(folder)
  const fresh = fill(folder, files)
  const aside = temporaryBeside(partPath('before'))
  mkdirSync(aside)
  for (const part of parts) move(partPath(part), join(aside, part))
  for (const part of parts) move(join(fresh, part), partPath(part))
  rmSync(fresh, { recursive: true, force: true })
  const undo = () => {
    unlinkEngine()
    for (const part of parts) move(join(aside, part), partPath(part))
    rmSync(aside, { recursive: true, force: true })
  }
  const forget = onInterrupt(undo)
  return {
    name: basename(folder),
    files,
    keep: () => {
      forget()
      rmSync(aside, { recursive: true, force: true })
    },
    undo: () => {
      forget()
      undo()
    },
  }
}

export function unlinkEngine() {
  for (const part of parts) rmSync(partPath(part), { recursive: true, force: true })
}

/** All links are made beside; only a folder that is complete gets its name. @param {string} folder @param {string[]} files */
function fill(folder, files) {
  const fresh = temporaryBeside(partPath('after'))
  for (const file of files) {
    const to = join(fresh, file)
    mkdirSync(dirname(to), { recursive: true })
    place(join(folder, file), to)
  }
  return fresh
}

/** A library is 800 MB: a clone shares the cache's. Hard links keep it when the cache is emptied. @param {string} from @param {string} to */
function place(from, to) {
  if (lstatSync(from).isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to)
    return
  }
  for (const way of [linkSync, symlinkSync]) {
    try {
      way(from, to)
      return
    } catch {
      // Another disk, or links are not allowed here: the next way.
    }
  }
  copyFileSync(from, to)
}

/** @param {string} from @param {string} to */
function move(from, to) {
  if (existsSync(from)) renameSync(from, to)
}
